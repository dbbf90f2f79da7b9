package dev.chipray.analysis;

/// One frame of a call path as text, as the trace wrote it: device strings, to be escaped where they are shown.
///
/// @param location `file:line`, or what the trace has in its place
/// @param function name of the function, or `??`
public record PathFrame(String location, String function) {}
