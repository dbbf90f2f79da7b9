// SPDX-License-Identifier: Apache-2.0

#include "chipray_gc.h"

#if CHIPRAY_GC_LOG

volatile enum chipray_gc_kind chipray_gc_kind;
volatile uint32_t chipray_gc_ticks;
volatile uint32_t chipray_gc_calls;

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 8
// No clones, no inlining, no argument dropped, also with link-time optimisation.
__attribute__((noipa))
#elif defined(__GNUC__)
__attribute__((noinline, used))
#endif
void gc_log_change(size_t start_block, size_t length) {
    #if defined(__GNUC__)
    __asm__ volatile ("" : : "r" (start_block), "r" (length));
    #else
    (void)start_block;
    (void)length;
    #endif
}

#else

// A translation unit must not be empty.
typedef int chipray_gc_is_off;

#endif
