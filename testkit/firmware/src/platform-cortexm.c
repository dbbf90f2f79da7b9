/* Start-up, vectors and semihosting for Cortex-M boards. */
#include "platform.h"

extern uint32_t stack_top[];
extern uint32_t data_start[], data_end[], data_load[], bss_start[], bss_end[];

static int semihosting(int operation, const void *argument) {
    register int r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void platform_write(const char *text) {
    semihosting(0x04, text);
}

void platform_exit(int status) {
    semihosting(0x18, (const void *) (status == 0 ? 0x20026 : 0x20023));
    for (;;) {
    }
}

/* The C++ library and the unwinding part of the compiler's support library want these. */
void *const __dso_handle __attribute__((weak)) = 0;

__attribute__((weak)) void abort(void) {
    platform_exit(1);
}

void reset_handler(void);
void default_handler(void);
void svc_handler(void) __attribute__((weak, alias("default_handler")));
void pendsv_handler(void) __attribute__((weak, alias("default_handler")));
void systick_handler(void) __attribute__((weak, alias("default_handler")));

void default_handler(void) {
    platform_write("unexpected exception\n");
    platform_exit(1);
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    stack_top,       reset_handler,   default_handler, default_handler,
    default_handler, default_handler, default_handler, 0,
    0,               0,               0,               svc_handler,
    default_handler, 0,               pendsv_handler,  systick_handler,
};

__attribute__((noreturn)) void reset_handler(void) {
    uint32_t *from = data_load;
    for (uint32_t *to = data_start; to < data_end; to++) {
        *to = *from++;
    }
    for (uint32_t *to = bss_start; to < bss_end; to++) {
        *to = 0;
    }
#if defined(__ARM_FP)
    *(volatile uint32_t *) 0xE000ED88 |= 0xFU << 20;
    __asm__ volatile("dsb\n\tisb");
#endif
    main();
    platform_exit(1);
}
