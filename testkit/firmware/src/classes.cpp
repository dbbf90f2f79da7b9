/* C++: classes, templates, references, exceptions. */
extern "C" {
#include "platform.h"
}

namespace zoo {

class Animal {
   public:
    explicit Animal(int legs) : legs_(legs) {}
    virtual ~Animal() {}
    virtual int sound(int times) const = 0;
    int legs() const { return legs_; }

   protected:
    int legs_;
    static int born;
};

int Animal::born = 0;

class Dog : public Animal {
   public:
    Dog() : Animal(4) { born++; }
    int sound(int times) const override;
};

__attribute__((noinline)) int Dog::sound(int times) const {
    if (times > 90) {
#if __cpp_exceptions
        throw times;
#else
        return -1;
#endif
    }
    return times * legs_;
}

template <typename Value, int Size>
struct Ring {
    Value items[Size];
    unsigned next = 0;
    void push(const Value &item) { items[next++ % Size] = item; }
    Value sum() const;
};

template <typename Value, int Size>
__attribute__((noinline)) Value Ring<Value, Size>::sum() const {
    Value total = Value();
    for (const Value &item : items) {
        total += item;
    }
    return total;
}

}  // namespace zoo

static __attribute__((noinline)) int listen(const zoo::Animal &animal, int times) {
#if __cpp_exceptions
    try {
        return animal.sound(times);
    } catch (int thrown) {
        return -thrown;
    }
#else
    return animal.sound(times);
#endif
}

int main() {
    zoo::Dog dog;
    zoo::Ring<int, 7> ring{};
    for (int times = 0; times < 100; times++) {
        ring.push(listen(dog, times));
    }
    write_number("sum ", ring.sum());
    platform_exit(0);
}
