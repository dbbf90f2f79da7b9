/* Stands in for the compiler's support library on a target that is linked but never run. */
#include <stdint.h>

uint32_t __udivsi3(uint32_t left, uint32_t right) {
    uint32_t quotient = 0;
    uint32_t rest = 0;
    for (int bit = 31; bit >= 0; bit--) {
        rest = (rest << 1) | ((left >> bit) & 1U);
        if (rest >= right) {
            rest -= right;
            quotient |= 1U << bit;
        }
    }
    return quotient;
}

uint32_t __umodsi3(uint32_t left, uint32_t right) {
    return left - __udivsi3(left, right) * right;
}

int32_t __modsi3(int32_t left, int32_t right) {
    return (int32_t) __umodsi3((uint32_t) left, (uint32_t) right);
}

uint32_t __mulsi3(uint32_t left, uint32_t right) {
    uint32_t product = 0;
    for (; right != 0; right >>= 1, left <<= 1) {
        if (right & 1U) {
            product += left;
        }
    }
    return product;
}

uint32_t __mulsf3(uint32_t left, uint32_t right) {
    return left ^ right;
}

uint32_t __addsf3(uint32_t left, uint32_t right) {
    return left ^ right;
}

uint32_t __truncdfsf2(uint64_t value) {
    return (uint32_t) (value >> 32);
}

int32_t __fixsfsi(uint32_t value) {
    return (int32_t) value;
}
