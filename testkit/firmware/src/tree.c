/* Recursion, function pointers and inlined helpers over a tree. */
#include "shapes.h"

static inline uint32_t scramble(uint32_t seed) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

static inline __attribute__((always_inline)) void link_pair(
        struct node *parent, struct node *left, struct node *right) {
    parent->payload.pair.left = left;
    parent->payload.pair.right = right;
    parent->balance = (signed) (left->depth - right->depth);
}

static inline __attribute__((always_inline)) struct node *new_node(
        struct arena *from, enum kind kind, unsigned depth) {
    struct node *node = arena_take(from, sizeof *node);
    node->kind = kind;
    node->depth = (uint8_t) depth;
    node->where.line = (uint16_t) (depth * 3U);
    node->where.column = 1;
    return node;
}

static number add(number left, number right) {
    return (number) ((uint32_t) left + (uint32_t) right);
}

static number multiply(number left, number right) {
    return (number) ((uint32_t) left * (uint32_t) right);
}

static __attribute__((noinline)) struct node *make_leaf(struct arena *from, uint32_t seed) {
    struct node *leaf = new_node(from, KIND_NUMBER, 0);
    leaf->payload.value = (number) (seed % 1000U);
    leaf->shared = seed & 1U;
    return leaf;
}

struct node *make_tree(struct arena *from, unsigned depth, uint32_t seed) {
    uint32_t next = scramble(seed);
    if (depth == 0 || (next & 15U) == 0) {
        return make_leaf(from, next);
    }
    enum kind kind = (next & 16U) ? KIND_SUM : (next & 32U) ? KIND_PRODUCT : KIND_NEGATIVE;
    struct node *parent = new_node(from, kind, depth);
    struct node *left = make_tree(from, depth - 1, next);
    struct node *right = make_tree(from, depth - 1, scramble(next));
    link_pair(parent, left, right);
    return parent;
}

static inline number combine(const struct node *node, operation observer, number left, number right) {
    operation chosen = node->kind == KIND_SUM ? add : multiply;
    number result = chosen(left, right);
    return observer ? observer(result, (number) node->depth) : result;
}

number evaluate(const struct node *node, operation observer) {
    switch (node->kind) {
        case KIND_NUMBER:
            return node->payload.value;
        case KIND_NEGATIVE: {
            number inner = evaluate(node->payload.pair.left, observer);
            return (number) (0U - (uint32_t) inner);
        }
        default: {
            number left = evaluate(node->payload.pair.left, observer);
            number right = evaluate(node->payload.pair.right, observer);
            return combine(node, observer, left, right);
        }
    }
}

number walk(const struct node *node, number (*visit)(const struct node *, void *), void *context) {
    number seen = visit(node, context);
    if (node->kind != KIND_NUMBER) {
        const struct pair *pair = &node->payload.pair;
        seen += walk(pair->left, visit, context);
        seen += walk(pair->right, visit, context);
    }
    return seen;
}
