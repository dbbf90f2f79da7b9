/* What a freestanding compiler may call; volatile keeps it from turning the loops into calls of themselves. */
#include <stddef.h>

__attribute__((used)) void *memset(void *to, int value, size_t size) {
    volatile unsigned char *bytes = to;
    while (size-- > 0) {
        *bytes++ = (unsigned char) value;
    }
    return to;
}

__attribute__((used)) void *memcpy(void *restrict to, const void *restrict from, size_t size) {
    volatile unsigned char *target = to;
    const unsigned char *source = from;
    while (size-- > 0) {
        *target++ = *source++;
    }
    return to;
}
