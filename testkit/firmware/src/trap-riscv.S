    .option arch, +zicsr
    .text
    .balign 4
    .globl trap_entry
    .type trap_entry, @function
trap_entry:
    .cfi_startproc
    .cfi_signal_frame
    addi sp, sp, -80
    .cfi_def_cfa_offset 80
    sw ra, 76(sp)
    .cfi_offset ra, -4
    sw t0, 72(sp)
    .cfi_offset t0, -8
    sw t1, 68(sp)
    .cfi_offset t1, -12
    sw t2, 64(sp)
    .cfi_offset t2, -16
    sw a0, 60(sp)
    sw a1, 56(sp)
    sw a2, 52(sp)
    sw a3, 48(sp)
    sw a4, 44(sp)
    sw a5, 40(sp)
    sw a6, 36(sp)
    sw a7, 32(sp)
    sw t3, 28(sp)
    sw t4, 24(sp)
    sw t5, 20(sp)
    sw t6, 16(sp)
    csrr a0, mcause
    csrr a1, mepc
    mv a2, sp
    call handle_trap
    csrw mepc, a0
    lw ra, 76(sp)
    lw t0, 72(sp)
    lw t1, 68(sp)
    lw t2, 64(sp)
    lw a0, 60(sp)
    lw a1, 56(sp)
    lw a2, 52(sp)
    lw a3, 48(sp)
    lw a4, 44(sp)
    lw a5, 40(sp)
    lw a6, 36(sp)
    lw a7, 32(sp)
    lw t3, 28(sp)
    lw t4, 24(sp)
    lw t5, 20(sp)
    lw t6, 16(sp)
    addi sp, sp, 80
    mret
    .cfi_endproc
    .size trap_entry, . - trap_entry
