package dev.chipray.dwarf.location;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import java.util.Optional;
import java.util.OptionalLong;

/// What an expression may ask for: a frame of a target, and the unit that the expression comes from.
///
/// Every answer may be "not known", which is the answer of all defaults.
public interface EvaluationContext {
    /// The registers of the frame.
    default RegisterReader registers() {
        return RegisterReader.empty();
    }

    /// The target's memory.
    default MemoryReader memory() {
        return MemoryReader.empty();
    }

    /// What is added to linked addresses in the target; 0 for firmware.
    default long loadBias() {
        return 0;
    }

    /// The value of the function's `DW_AT_frame_base`.
    default OptionalLong frameBase() {
        return OptionalLong.empty();
    }

    /// The canonical frame address of the frame.
    default OptionalLong canonicalFrameAddress() {
        return OptionalLong.empty();
    }

    /// The value that an expression (most often one register) had when the function was entered.
    default OptionalLong entryValue(ByteView expression) {
        return OptionalLong.empty();
    }

    /// The value, at the call, of the parameter whose entry is at an offset in the unit.
    default OptionalLong parameterValue(long unitOffset) {
        return OptionalLong.empty();
    }

    /// The value of the variable whose entry is at an offset in .debug_info.
    default OptionalLong variableValue(long entryOffset) {
        return OptionalLong.empty();
    }

    /// The address of the object that the expression is about.
    default OptionalLong objectAddress() {
        return OptionalLong.empty();
    }

    /// The address of an offset in the thread's storage.
    default OptionalLong threadLocal(long offset) {
        return OptionalLong.empty();
    }

    /// An entry of the unit's part of .debug_addr.
    default OptionalLong indexedAddress(long index) {
        return OptionalLong.empty();
    }

    /// The base type whose entry is at an offset in the unit.
    default Optional<BaseEncoding> baseType(long unitOffset) {
        return Optional.empty();
    }

    /// The location expression of the entry at an offset in the unit.
    default Optional<ByteView> expressionInUnit(long unitOffset) {
        return Optional.empty();
    }

    /// The location expression of the entry at an offset in .debug_info.
    default Optional<ByteView> expression(long entryOffset) {
        return Optional.empty();
    }

    /// Nothing is known.
    static EvaluationContext empty() {
        return new EvaluationContext() {};
    }
}
