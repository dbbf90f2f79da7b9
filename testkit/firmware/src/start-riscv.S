    .option arch, +zicsr
    .section .init, "ax"
    .globl _start
    .type _start, @function
_start:
    .cfi_startproc
    .cfi_undefined ra
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    la sp, stack_top
    la t0, trap_entry
    csrw mtvec, t0
    call start_c
1:  j 1b
    .cfi_endproc
    .size _start, . - _start

    .text
    .balign 4
    .globl trap_entry
    .weak trap_entry
    .type trap_entry, @function
trap_entry:
    j trap_entry
    .size trap_entry, . - trap_entry
