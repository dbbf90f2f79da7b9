// Calls every macro of the hook, in a heap that only counts, and checks what a debugger would see.
//
// SPDX-License-Identifier: Apache-2.0

#include "chipray_gc.h"

#define BLOCK_BYTES 16

static unsigned char pool[4 * BLOCK_BYTES];

int main(void) {
    (void)pool;
    CHIPRAY_GC_ALLOC(pool, 0, 2, BLOCK_BYTES);
    CHIPRAY_GC_RESIZE(pool, 0, 3, BLOCK_BYTES);
    CHIPRAY_GC_ALLOC(pool, 3, 1, BLOCK_BYTES);
    CHIPRAY_GC_FREE(pool, 0, BLOCK_BYTES);
    CHIPRAY_GC_SWEEP(pool, 3, BLOCK_BYTES);
    #if CHIPRAY_GC_LOG
    return chipray_gc_kind == CHIPRAY_GC_KIND_SWEEP && chipray_gc_ticks == 5 && chipray_gc_calls == 5 ? 0 : 1;
    #else
    return 0;
    #endif
}

#if CHIPRAY_GC_LOG
unsigned test_clock(void) {
    static unsigned calls;
    return ++calls;
}
#endif
