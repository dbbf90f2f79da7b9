/* Types of many shapes, so that a reader of C types has something to read. */
#ifndef SHAPES_H
#define SHAPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kind { KIND_NUMBER, KIND_SUM = 5, KIND_PRODUCT, KIND_NEGATIVE = -3, KIND_CALL = 0x7fff };

typedef int32_t number;
typedef number (*operation)(number left, number right);

struct node;

struct pair {
    struct node *left;
    struct node *right;
};

union payload {
    number value;
    struct pair pair;
    uint8_t raw[8];
    struct {
        operation apply;
        const volatile char *name;
    };
};

struct node {
    enum kind kind;
    uint8_t depth;
    unsigned shared : 1;
    unsigned marks : 3;
    signed balance : 5;
    union payload payload;
    struct {
        uint16_t line;
        uint16_t column;
    } where;
};

struct __attribute__((packed)) wire {
    uint8_t tag;
    uint32_t length;
    uint16_t crc;
    uint64_t stamp : 40;
    uint64_t flags : 24;
};

struct text {
    size_t length;
    char bytes[];
};

struct matrix {
    float cells[3][4];
    const struct matrix *next;
    bool transposed;
    double scale;
    long double *wide;
};

struct arena {
    uint8_t *base;
    size_t size;
    size_t used;
    unsigned long allocations;
    struct node *roots[4];
};

extern struct arena arena;
extern struct wire last_wire;
extern const struct matrix identity;
extern volatile unsigned rounds_done;

void *arena_take(struct arena *from, size_t size);
void arena_reset(struct arena *which);
struct node *make_tree(struct arena *from, unsigned depth, uint32_t seed);
number evaluate(const struct node *node, operation observer);
number walk(const struct node *node, number (*visit)(const struct node *, void *), void *context);
void sort_numbers(number *values, size_t count, int (*compare)(number, number));
uint32_t checksum(const void *data, size_t size);
float trace_of(const struct matrix *matrix);
number run_bytecode(const uint8_t *code, size_t size, number *stack, size_t depth);
number sum_of_copies(unsigned count, ...);

#endif
