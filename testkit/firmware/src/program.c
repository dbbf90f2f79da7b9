/* The test program: a little of everything, round after round, with a number that all targets must agree on. */
#include "platform.h"
#include "shapes.h"

#ifndef ROUNDS
#define ROUNDS 40
#endif

static unsigned observed;

static number observe(number result, number depth) {
    observed += (unsigned) depth;
    return result;
}

static int ascending(number left, number right) {
    return left < right ? -1 : left > right;
}

static int by_last_digit(number left, number right) {
    number difference = left % 10 - right % 10;
    return difference != 0 ? difference : ascending(left, right);
}

static number count_leaf(const struct node *node, void *context) {
    number *deepest = context;
    if (node->depth > *deepest) {
        *deepest = node->depth;
    }
    return node->kind == KIND_NUMBER;
}

static __attribute__((noinline)) number trees(unsigned round) {
    number deepest = 0;
    struct node *root = make_tree(&arena, 5, 0x9E3779B9U + round);
    arena.roots[round & 3U] = root;
    number leaves = walk(root, count_leaf, &deepest);
    number value = evaluate(root, round & 1U ? observe : NULL);
    return value + leaves + deepest;
}

static __attribute__((noinline)) number numbers(unsigned round) {
    number values[13];
    for (unsigned i = 0; i < 13; i++) {
        values[i] = (number) ((i * 7919U + round * 104729U) % 1009U);
    }
    sort_numbers(values, 13, round & 2U ? ascending : by_last_digit);
    return (number) checksum(values, sizeof values) ^ values[6];
}

static __attribute__((noinline)) number bytecode(unsigned round) {
    static const uint8_t code[] = {130, 133, 1, 140, 3, 129, 2, 255, 4, 131, 3};
    number stack[8];
    return run_bytecode(code, sizeof code, stack, 8) + (number) round;
}

static number one_round(unsigned round) {
    number result = trees(round);
    result ^= numbers(round);
    result += bytecode(round);
    result ^= sum_of_copies(3, (number) round, result, 17);
    result += (number) trace_of(&identity);
    return result;
}

int main(void) {
    number total = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        arena_reset(&arena);
        total = (number) ((uint32_t) total * 31U + (uint32_t) one_round(round));
        rounds_done = round + 1;
    }
    write_number("total ", total);
    write_number("observed ", (long) observed);
    platform_exit(0);
}
