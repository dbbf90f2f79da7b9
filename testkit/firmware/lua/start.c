/* Vectors and start-up for a program with newlib's semihosting on a Cortex-M3. */
#include <stdint.h>
#include <stdlib.h>

extern uint32_t stack_top[];
extern uint32_t data_start[], data_end[], data_load[], bss_start[], bss_end[];
extern void initialise_monitor_handles(void);
extern int main(void);

void _init(void) {}
void _fini(void) {}

static void stop(void) {
    for (;;) {
    }
}

void reset_handler(void) {
    uint32_t *from = data_load;
    for (uint32_t *to = data_start; to < data_end;) {
        *to++ = *from++;
    }
    for (uint32_t *to = bss_start; to < bss_end;) {
        *to++ = 0;
    }
    initialise_monitor_handles();
    exit(main());
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    stack_top, reset_handler, stop, stop, stop, stop, stop, 0, 0, 0, 0, stop, stop, 0, stop, stop,
};
