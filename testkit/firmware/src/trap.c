/* A RISC-V program that traps with ecall; the address interrupted is kept where a test can read it. */
#include "platform.h"

volatile uint32_t mepc_at_entry;
volatile uint32_t sp_at_entry;
volatile uint32_t trapped;

__attribute__((noinline)) void count_trap(uint32_t cause) {
    trapped += cause;
}

uint32_t handle_trap(uint32_t cause, uint32_t where, uint32_t *frame) {
    mepc_at_entry = where;
    sp_at_entry = (uint32_t) (uintptr_t) frame + 80U;
    count_trap(cause);
    trapped++;
    return where + 4U;
}

static __attribute__((noinline)) uint32_t call_supervisor(uint32_t value) {
    register uint32_t a0 __asm__("a0") = value;
    __asm__ volatile("ecall" : "+r"(a0) : : "memory");
    return a0 + 1U;
}

__attribute__((noinline)) uint32_t step(uint32_t round) {
    return call_supervisor(round) * 2U;
}

int main(void) {
    uint32_t sum = 0;
    for (uint32_t round = 0; round < 1000U; round++) {
        sum += step(round);
    }
    write_number("trapped ", (long) trapped);
    write_number("sum ", (long) sum);
    platform_exit(0);
}
