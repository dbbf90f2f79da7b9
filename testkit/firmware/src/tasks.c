/* A Cortex-M program whose task runs on the process stack and enters exceptions on the main stack. */
#include "platform.h"

volatile uint32_t psp_at_entry;
volatile uint32_t msp_at_entry;
volatile uint32_t exc_return_at_entry;
volatile uint32_t handled;
volatile float shared_float = 1.5F;

static uint32_t task_stack[256] __attribute__((aligned(8)));

__attribute__((noinline)) void inner_handler(uint32_t *frame) {
    handled += frame[0];
}

void handle_call(uint32_t *frame, uint32_t exc_return) {
    static uint32_t printed;
    exc_return_at_entry = exc_return;
    if (printed < 4U) {
        printed++;
        write_number("psp ", (long) psp_at_entry);
    }
    inner_handler(frame);
    handled++;
}

__attribute__((naked)) void svc_handler(void) {
    __asm__ volatile(
        "mrs r2, psp\n\t"
        "ldr r3, =psp_at_entry\n\t"
        "str r2, [r3]\n\t"
        "mrs r2, msp\n\t"
        "ldr r3, =msp_at_entry\n\t"
        "str r2, [r3]\n\t"
        "mov r1, lr\n\t"
        "movs r0, #4\n\t"
        "tst lr, r0\n\t"
        "beq 1f\n\t"
        "mrs r0, psp\n\t"
        "b 2f\n\t"
        "1: mov r0, r2\n\t"
        "2: ldr r3, =handle_call\n\t"
        "bx r3\n\t"
        ".ltorg");
}

__attribute__((noinline)) void systick_nested(uint32_t level) {
    handled += level;
}

void systick_handler(void) {
    systick_nested(3);
}

static __attribute__((noinline)) uint32_t call_supervisor(uint32_t value) {
    register uint32_t r0 __asm__("r0") = value;
    __asm__ volatile("svc 7" : "+r"(r0) : : "memory");
    return r0 + 1;
}

__attribute__((noinline)) uint32_t task_step(uint32_t round) {
#if defined(__ARM_FP)
    shared_float = shared_float * 1.25F + (float) round;
#endif
    uint32_t answer = call_supervisor(round);
    return answer * 2U;
}

__attribute__((noreturn)) void task(void) {
    for (uint32_t round = 0;; round++) {
        task_step(round);
        if (round == 1000U) {
            write_number("handled ", (long) handled);
            platform_exit(0);
        }
    }
}

__attribute__((noinline)) uint32_t on_main_stack(uint32_t value) {
    return call_supervisor(value) + 5U;
}

int main(void) {
    handled += on_main_stack(1);
    *(volatile uint32_t *) 0xE000E014 = 999;
    *(volatile uint32_t *) 0xE000E018 = 0;
    *(volatile uint32_t *) 0xE000E010 = 7;
    __asm__ volatile(
        "msr psp, %0\n\t"
        "movs r1, #2\n\t"
        "msr control, r1\n\t"
        "isb\n\t"
        "bx %1"
        :
        : "r"(task_stack + 256), "r"(task)
        : "r1", "memory");
    return 0;
}
