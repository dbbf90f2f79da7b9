/* A target that is only linked, never run. */
#include "platform.h"

volatile const char *last_text;

void platform_write(const char *text) {
    last_text = text;
}

void platform_exit(int status) {
    for (;;) {
        last_text = (const char *) 0 + status;
    }
}

void _start(void) {
    main();
}
