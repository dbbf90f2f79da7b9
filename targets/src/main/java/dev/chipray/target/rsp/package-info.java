/// The GDB remote serial protocol: what QEMU, OpenOCD, J-Link, gdbserver, Black Magic Probe and others speak.
///
/// Constraints that shape this package:
///
/// - What happens to bytes is decided without I/O ([dev.chipray.target.rsp.PacketDecoder],
///   [dev.chipray.target.rsp.RspLink]); drivers only move bytes. Transcripts test the former.
/// - A stub is asked what it can do. What it does wrong is in [dev.chipray.target.rsp.StubKind] and in
///   docs/gdb-stubs.md.
/// - What a stub says is hostile: lengths are bounded, nothing waits for ever, and a lie is a
///   [dev.chipray.target.TargetException].
@NullMarked
package dev.chipray.target.rsp;

import org.jspecify.annotations.NullMarked;
