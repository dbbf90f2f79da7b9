package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.Layouts.Field;
import java.util.Optional;

/// The parts of `mp_state_ctx`: where they are and how they are laid out.
///
/// @param address of the whole
/// @param thread state of the main thread
/// @param threadAddress where that is
/// @param vm state of the virtual machine
/// @param vmAddress where that is
/// @param mem state of the memory manager
/// @param memAddress where that is
public record ContextMembers(
        long address,
        StructView thread,
        long threadAddress,
        StructView vm,
        long vmAddress,
        StructView mem,
        long memAddress) {

    /// The context of a firmware; empty when its debug information or its symbols lack it.
    public static Optional<ContextMembers> find(TargetBytes memory, Layouts layouts) {
        if (layouts.symbol("mp_state_ctx").isEmpty()) {
            return Optional.empty();
        }
        long address = layouts.symbol("mp_state_ctx").getAsLong();
        StructView whole = StructView.of(memory, layouts, "mp_state_ctx_t", "_mp_state_ctx_t");
        StructView thread =
                StructView.of(memory, layouts, "mp_state_thread_t", "_mp_state_thread_t");
        StructView vm = StructView.of(memory, layouts, "mp_state_vm_t", "_mp_state_vm_t");
        StructView mem = StructView.of(memory, layouts, "mp_state_mem_t", "_mp_state_mem_t");
        Optional<Field> vmField = whole.field("vm");
        Optional<Field> memField = whole.field("mem");
        if (vmField.isEmpty() || memField.isEmpty() || !vm.exists() || !mem.exists()) {
            return Optional.empty();
        }
        return Optional.of(
                new ContextMembers(
                        address,
                        thread,
                        address + whole.offset("thread"),
                        vm,
                        address + vmField.get().offset(),
                        mem,
                        address + memField.get().offset()));
    }
}
