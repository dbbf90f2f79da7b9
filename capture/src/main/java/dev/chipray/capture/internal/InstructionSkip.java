package dev.chipray.capture.internal;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.elf.ElfSection;
import dev.chipray.target.RegisterLayout.Register;
import dev.chipray.target.RegisterValues;
import dev.chipray.unwind.Architecture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Does in the debugger what the one instruction at a breakpoint does, so that the target need not be stopped a second
/// time to step over it.
///
/// Only instructions that begin or end functions are known: pushing and popping registers, moving the stack pointer,
/// returning, and the loads of constants that compilers put first. Anything else is an empty answer, and the target steps.
/// From the Armv6-M and Armv7-M architecture manuals and the RISC-V unprivileged specification.
public final class InstructionSkip {

    private final Program program;
    private final Map<Long, Long> twins = new HashMap<>();

    /// What an instruction did.
    ///
    /// @param registers all registers after it
    /// @param address   where it wrote to memory
    /// @param written   what it wrote there; empty where it wrote nothing
    public record Effect(RegisterValues registers, long address, List<Byte> written) {

        /// What it wrote as an array.
        public byte[] bytes() {
            byte[] all = new byte[written.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = written.get(i);
            }
            return all;
        }
    }

    public InstructionSkip(Program program) {
        this.program = program;
    }

    /// Whether the instruction at the program counter will do anything: inside an IT block of Thumb it may be passed over.
    public boolean isExecuted(RegisterValues registers) {
        long status = conditions(registers);
        if (program.architecture().kind() != Architecture.Kind.ARM || !inItBlock(status)) {
            return true;
        }
        boolean n = (status >> 31 & 1) != 0;
        boolean z = (status >> 30 & 1) != 0;
        boolean c = (status >> 29 & 1) != 0;
        boolean v = (status >> 28 & 1) != 0;
        // The upper half of ITSTATE, bits 7 to 4, is the condition of the next instruction.
        int condition = (int) (status >> 12 & 0xf);
        boolean holds =
                switch (condition >> 1) {
                    case 0 -> z;
                    case 1 -> c;
                    case 2 -> n;
                    case 3 -> v;
                    case 4 -> c && !z;
                    case 5 -> n == v;
                    case 6 -> n == v && !z;
                    default -> true;
                };
        return ((condition & 1) == 0 || condition == 15) ? holds : !holds;
    }

    private static long conditions(RegisterValues registers) {
        return registers.read("xpsr").orElse(registers.read("cpsr").orElse(0));
    }

    private static boolean inItBlock(long status) {
        return (status & 0x0600_fc00L) != 0;
    }

    /// What the instruction at the program counter does, or where the target can do the same without a breakpoint: an
    /// instruction that leaves the function is as good anywhere else. `stack` knows the memory above the stack pointer.
    ///
    /// @param taken addresses that have breakpoints
    public Optional<Effect> at(RegisterValues registers, MemoryReader stack, Set<Long> taken) {
        long pc = registers.programCounter().orElse(0);
        if (program.architecture().kind() == Architecture.Kind.ARM
                && inItBlock(conditions(registers))) {
            return Optional.empty();
        }
        int first = half(pc);
        int second = half(pc + 2);
        if (leaves(first, second)) {
            long twin =
                    twins.computeIfAbsent(pc, _ -> findTwin(first, second, first >= 0xe800, taken));
            Register counter = registers.layout().programCounter();
            if (twin != 0 && counter != null) {
                return Optional.of(new Effect(registers.with(counter, twin), 0, List.of()));
            }
        }
        return execute(registers, stack);
    }

    /// What the instruction at the program counter does to registers and memory.
    public Optional<Effect> execute(RegisterValues registers, MemoryReader stack) {
        long pc = registers.programCounter().orElse(0);
        int first = half(pc);
        int second = half(pc + 2);
        try {
            Machine machine = new Machine(registers, stack);
            boolean done =
                    switch (program.architecture().kind()) {
                        case ARM -> thumb(machine, pc, first, second);
                        case RISCV -> riscv(machine, pc, first, second);
                        case X86_64, XTENSA -> false;
                    };
            return done ? Optional.of(machine.effect()) : Optional.empty();
        } catch (UnknownValue _) {
            return Optional.empty();
        }
    }

    private int half(long address) {
        byte[] two = new byte[2];
        return program.code().readFully(address, two) ? (two[0] & 0xff) | (two[1] & 0xff) << 8 : 0;
    }

    /// Whether it pops the program counter, the one kind whose effect depends on memory that would have to be read first.
    private boolean leaves(int first, int second) {
        return program.architecture().kind() == Architecture.Kind.ARM
                && ((first & 0xff00) == 0xbd00
                        || (first == 0xe8bd && (second & 0x8000) != 0)
                        || (first == 0xf85d && (second & 0xffff) == 0xfb04));
    }

    private long findTwin(int first, int second, boolean wide, Set<Long> taken) {
        for (ElfSection section : program.elf().sections()) {
            if (!section.has(ElfSection.EXECINSTR) || section.type() == ElfSection.NOBITS) {
                continue;
            }
            ByteView bytes = program.elf().contents(section);
            for (long at = section.address() & 1; at + 4 <= bytes.size(); at += 2) {
                long address = section.address() + at + program.bias();
                if (bytes.u16(at) == first
                        && (!wide || bytes.u16(at + 2) == second)
                        && !taken.contains(address)) {
                    return address;
                }
            }
        }
        return 0;
    }

    private boolean thumb(Machine machine, long pc, int first, int second) {
        if (first == 0x4770) {
            machine.jump(machine.get(14));
            return true;
        }
        if ((first & 0xfe00) == 0xbc00) {
            machine.pop((first & 0xff) | (first & 0x100) << 7, pc + 2);
            return true;
        }
        if ((first & 0xfe00) == 0xb400) {
            machine.push((first & 0xff) | (first & 0x100) << 6);
            machine.jump(pc + 2);
            return true;
        }
        if (first == 0xe8bd) {
            machine.pop(second, pc + 4);
            return true;
        }
        if (first == 0xe92d) {
            machine.push(second);
            machine.jump(pc + 4);
            return true;
        }
        if ((first & 0xff00) == 0xb000) {
            int amount = (first & 0x7f) * 4;
            machine.set(13, machine.get(13) + ((first & 0x80) != 0 ? -amount : amount));
            machine.jump(pc + 2);
            return true;
        }
        if ((first & 0xff00) == 0x4600) {
            int to = (first & 7) | (first >> 4 & 8);
            int from = first >> 3 & 15;
            if (to != 15 && from != 15) {
                machine.set(to, machine.get(from));
                machine.jump(pc + 2);
                return true;
            }
            return false;
        }
        if ((first & 0xf800) == 0x2000) {
            // It sets conditions as well, which mean nothing where a function begins.
            machine.set(first >> 8 & 7, first & 0xff);
            machine.jump(pc + 2);
            return true;
        }
        if ((first & 0xf500) == 0xb100) {
            boolean zero = machine.get(first & 7) == 0;
            boolean jumps = zero == ((first & 0x800) == 0);
            int offset = (first >> 9 & 1) << 6 | (first >> 3 & 31) << 1;
            machine.jump(jumps ? pc + 4 + offset : pc + 2);
            return true;
        }
        if ((first & 0xf800) == 0x4800) {
            // A constant from the pool behind the function, which is in the program's file.
            long constant = machine.constant(((pc + 4) & ~3L) + (first & 0xff) * 4L);
            machine.set(first >> 8 & 7, constant);
            machine.jump(pc + 2);
            return true;
        }
        return false;
    }

    private boolean riscv(Machine machine, long pc, int first, int second) {
        if (first == 0x8082 || (first | second << 16) == 0x8067) {
            machine.jump(machine.get(1));
            return true;
        }
        if ((first & 0xef83) == 0x6101) {
            // c.addi16sp
            int amount =
                    (first >> 12 & 1) * -512
                            + ((first >> 3 & 3) << 7)
                            + ((first >> 5 & 1) << 6)
                            + ((first >> 2 & 1) << 5)
                            + ((first >> 6 & 1) << 4);
            machine.set(2, machine.get(2) + amount);
            machine.jump(pc + 2);
            return true;
        }
        if ((first & 0xef83) == 0x0101) {
            // c.addi sp
            machine.set(2, machine.get(2) + ((first >> 12 & 1) * -32 + (first >> 2 & 31)));
            machine.jump(pc + 2);
            return true;
        }
        if ((first & 0x7f) == 0x37) {
            int word = first | second << 16;
            machine.set(word >>> 7 & 31, (long) word & ~0xfffL);
            machine.jump(pc + 4);
            return true;
        }
        return false;
    }

    /// A register or a word of memory that is not known.
    private static final class UnknownValue extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownValue() {
            super(null, null, false, false);
        }
    }

    private final class Machine {

        private final MemoryReader stack;
        private RegisterValues registers;
        private long address;
        private final List<Byte> written = new ArrayList<>();

        Machine(RegisterValues registers, MemoryReader stack) {
            this.registers = registers;
            this.stack = stack;
        }

        Effect effect() {
            return new Effect(registers, address, List.copyOf(written));
        }

        private Register register(int dwarf) {
            @Nullable Register found = registers.layout().dwarf(dwarf);
            if (found == null) {
                throw new UnknownValue();
            }
            return found;
        }

        long get(int dwarf) {
            return registers.read(dwarf).orElseThrow(UnknownValue::new);
        }

        void set(int dwarf, long value) {
            if (dwarf != 0 || program.architecture().kind() == Architecture.Kind.ARM) {
                registers = registers.with(register(dwarf), value);
            }
        }

        void jump(long target) {
            @Nullable Register pc = registers.layout().programCounter();
            if (pc == null
                    || (program.architecture().kind() == Architecture.Kind.ARM && target < 0)) {
                throw new UnknownValue();
            }
            // A value like 0xfffffff9 leaves an exception; only the processor can do that.
            if (program.architecture().kind() == Architecture.Kind.ARM
                    && (target & 0xff00_0000L) == 0xff00_0000L) {
                throw new UnknownValue();
            }
            registers = registers.with(pc, program.architecture().codeAddress(target));
        }

        long constant(long at) {
            return word(program.code(), at);
        }

        private long word(MemoryReader memory, long at) {
            byte[] bytes = new byte[4];
            if (!memory.readFully(at, bytes)) {
                throw new UnknownValue();
            }
            return (bytes[0] & 0xffL)
                    | (bytes[1] & 0xffL) << 8
                    | (bytes[2] & 0xffL) << 16
                    | (bytes[3] & 0xffL) << 24;
        }

        void pop(int list, long next) {
            long sp = get(13);
            long target = next;
            for (int i = 0; i < 16; i++) {
                if ((list >> i & 1) != 0) {
                    long value = word(stack, sp);
                    sp += 4;
                    if (i == 15) {
                        target = value;
                    } else {
                        set(i, value);
                    }
                }
            }
            set(13, sp);
            jump(target);
        }

        void push(int list) {
            long sp = get(13) - 4L * Integer.bitCount(list & 0xffff);
            address = sp;
            for (int i = 0; i < 15; i++) {
                if ((list >> i & 1) != 0) {
                    long value = get(i);
                    for (int at = 0; at < 4; at++) {
                        written.add((byte) (value >> (8 * at)));
                    }
                }
            }
            set(13, sp);
        }
    }
}
