/* What each target gives to the test programs: output and an end. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <stddef.h>
#include <stdint.h>

void platform_write(const char *text);
void platform_exit(int status) __attribute__((noreturn));
int main(void);

void write_number(const char *label, long value);

#endif
