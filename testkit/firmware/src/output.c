/* Decimal output without a C library. */
#include "platform.h"

void write_number(const char *label, long value) {
    char digits[24];
    char *cursor = digits + sizeof digits;
    unsigned long rest = value < 0 ? 0UL - (unsigned long) value : (unsigned long) value;
    *--cursor = 0;
    *--cursor = '\n';
    do {
        *--cursor = (char) ('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (value < 0) {
        *--cursor = '-';
    }
    platform_write(label);
    platform_write(cursor);
}
