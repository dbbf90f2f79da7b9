// Hook for the collector of MicroPython and CircuitPython: tells every change of the heap to a debugger.
//
// C99. Without CHIPRAY_GC_LOG the macros are empty and cost nothing. README.md says where to put them in py/gc.c.
//
// SPDX-License-Identifier: Apache-2.0

#ifndef CHIPRAY_GC_H
#define CHIPRAY_GC_H

#include <stddef.h>
#include <stdint.h>

#if CHIPRAY_GC_LOG

// What a change was; the values are part of the debug information, from which the gdb script reads their names.
enum chipray_gc_kind {
    CHIPRAY_GC_KIND_ALLOC,
    CHIPRAY_GC_KIND_RESIZE,
    CHIPRAY_GC_KIND_FREE,
    CHIPRAY_GC_KIND_SWEEP
};

// Read by the debugger when it stops in gc_log_change.
extern volatile enum chipray_gc_kind chipray_gc_kind;
extern volatile uint32_t chipray_gc_ticks;

// Counts the calls: where an interrupt comes in just as the debugger resumes, it stops a second time for the same call.
extern volatile uint32_t chipray_gc_calls;

// The debugger's breakpoint goes here. It does nothing, is never inlined, and has its arguments at hand on entry.
void gc_log_change(size_t start_block, size_t length);

// The firmware's clock in milliseconds, for example mp_hal_ticks_ms(); without one, events count the time.
#ifndef CHIPRAY_GC_CLOCK
#define CHIPRAY_GC_CLOCK() 0u
#endif

#define CHIPRAY_GC_LOG_EVENT(kind, block, blocks) \
    do { \
        chipray_gc_kind = (kind); \
        chipray_gc_ticks = (uint32_t)CHIPRAY_GC_CLOCK(); \
        chipray_gc_calls = chipray_gc_calls + 1; \
        gc_log_change((block), (blocks)); \
    } while (0)

// With one heap area a block's number counts from the area's start. With several, areas lie anywhere, so the number is
// the address divided by the block size: it stays the same when areas come and go.
#if MICROPY_GC_SPLIT_HEAP
#define CHIPRAY_GC_NUMBER(pool_start, block, block_bytes) ((size_t)(uintptr_t)(pool_start) / (block_bytes) + (block))
#else
#define CHIPRAY_GC_NUMBER(pool_start, block, block_bytes) ((void)(pool_start), (size_t)(block))
#endif

#else

#define CHIPRAY_GC_LOG_EVENT(kind, block, blocks) do { } while (0)
#define CHIPRAY_GC_NUMBER(pool_start, block, block_bytes) 0

#endif

#define CHIPRAY_GC_ALLOC(pool_start, block, blocks, block_bytes) \
    CHIPRAY_GC_LOG_EVENT(CHIPRAY_GC_KIND_ALLOC, CHIPRAY_GC_NUMBER(pool_start, block, block_bytes), (blocks))
#define CHIPRAY_GC_RESIZE(pool_start, block, blocks, block_bytes) \
    CHIPRAY_GC_LOG_EVENT(CHIPRAY_GC_KIND_RESIZE, CHIPRAY_GC_NUMBER(pool_start, block, block_bytes), (blocks))
#define CHIPRAY_GC_FREE(pool_start, block, block_bytes) \
    CHIPRAY_GC_LOG_EVENT(CHIPRAY_GC_KIND_FREE, CHIPRAY_GC_NUMBER(pool_start, block, block_bytes), 0)
#define CHIPRAY_GC_SWEEP(pool_start, block, block_bytes) \
    CHIPRAY_GC_LOG_EVENT(CHIPRAY_GC_KIND_SWEEP, CHIPRAY_GC_NUMBER(pool_start, block, block_bytes), 0)

#endif
