package dev.chipray.target.rsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.target.StopEvent;
import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import dev.chipray.testkit.FakeStub;
import dev.chipray.testkit.FakeStubScript;
import dev.chipray.testkit.FakeStubScript.Fault;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyStubTest {

    private static final RspOptions QUICK =
            RspOptions.DEFAULT.withTimeout(400).withArchitecture("arm");

    private final byte[] ram = new byte[5000];

    FaultyStubTest() {
        new Random(1).nextBytes(ram);
    }

    private static RspTarget connect(FakeStub stub) {
        return RspTarget.connect(Endpoint.parse(stub.endpoint()), QUICK);
    }

    private FakeStubScript healthy() {
        return new FakeStubScript().memory(0x2000_0000, ram.clone());
    }

    @Test
    void memoryIsReadAndWrittenWithTheOldestPackets() {
        FakeStubScript script = healthy();
        try (FakeStub stub = FakeStub.start(script);
                RspTarget target = connect(stub)) {
            byte[] read = new byte[ram.length];
            assertThat(target.memory().readFully(0x2000_0000, read)).isTrue();
            assertThat(read).isEqualTo(ram);
            target.memory().write(0x2000_0010, new byte[] {1, 2, 3});
            assertThat(script.memory()).startsWith(ram[0], ram[1]).contains(1, 16);
            assertThat(target.capabilities().noAcks()).isFalse();
        }
    }

    @Test
    void readingEndsAtTheFirstByteThatIsNotThere() {
        try (FakeStub stub = FakeStub.start(healthy());
                RspTarget target = connect(stub)) {
            byte[] read = new byte[8000];
            assertThat(target.memory().read(0x2000_0000, read, 0, 8000)).isEqualTo(ram.length);
            assertThat(target.memory().read(0x1000_0000, read, 0, 100)).isZero();
        }
    }

    @Test
    void damagedAndRefusedPacketsAreSentAgain() {
        FakeStubScript script =
                healthy()
                        .fault(number ->
                                number % 5 == 3
                                        ? Fault.DAMAGE
                                        : number % 7 == 4 ? Fault.REFUSE : Fault.NONE);
        try (FakeStub stub = FakeStub.start(script);
                RspTarget target = connect(stub)) {
            byte[] read = new byte[ram.length];
            assertThat(target.memory().readFully(0x2000_0000, read)).isTrue();
            assertThat(read).isEqualTo(ram);
            assertThat(target.figures().packetsSentAgain()).isPositive();
            assertThat(target.figures().packetsDamaged()).isPositive();
        }
    }

    @Test
    void aLostRequestIsSentAgainWhenItsAcknowledgementDoesNotCome() {
        try (FakeStub stub =
                        FakeStub.start(
                                healthy().fault(number -> number == 2 ? Fault.HANG : Fault.NONE));
                RspTarget target = connect(stub)) {
            assertThat(target.figures().packetsSentAgain()).isBetween(1L, 4L);
        }
    }

    @Test
    void aStubThatFailsInAnyWayAtAnyMomentIsAnErrorWithinItsTime() {
        for (Fault fault : new Fault[] {Fault.CLOSE, Fault.HANG, Fault.GARBAGE, Fault.REFUSE}) {
            for (int from : new int[] {1, 3, 6, 9, 12}) {
                FakeStubScript script =
                        healthy().fault(number -> number >= from ? fault : Fault.NONE);
                try (FakeStub stub = FakeStub.start(script)) {
                    assertThatThrownBy(
                                    () -> {
                                        try (RspTarget target = connect(stub)) {
                                            for (int i = 0; i < 10; i++) {
                                                target.memory()
                                                        .read(0x2000_0000, new byte[64], 0, 64);
                                            }
                                        }
                                    })
                            .as("%s from request %d", fault, from)
                            .asInstanceOf(InstanceOfAssertFactories.type(TargetException.class))
                            .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
                            .extracting(TargetException::isLinkSound)
                            .isEqualTo(false);
                }
            }
        }
    }

    @Test
    void answersThatLieAboutTheirSizeAreAnError() {
        for (String lie : new String[] {"00112233", "0", "zz", "00x"}) {
            try (FakeStub stub = FakeStub.start(healthy().on("m", _ -> lie));
                    RspTarget target = connect(stub)) {
                assertThatThrownBy(() -> target.memory().read(0x2000_0000, new byte[2], 0, 2))
                        .isInstanceOf(TargetException.class)
                        .extracting(e -> ((TargetException) e).trouble())
                        .isEqualTo(Trouble.PROTOCOL);
            }
        }
    }

    @Test
    void stopPacketsThatNobodyAskedForAreNoAnswers() {
        FakeStubScript script = healthy().sayOnConnecting("T05thread:01;");
        try (FakeStub stub = FakeStub.start(script);
                RspTarget target = connect(stub)) {
            assertThat(target.capabilities().foundRunning()).contains(true);
            byte[] read = new byte[4];
            assertThat(target.memory().readFully(0x2000_0000, read)).isTrue();
        }
        assertThat(script.isDetached()).isTrue();
    }

    @Test
    void aBreakpointFallsBackToWhatTheStubHas() {
        FakeStubScript script = healthy().on("Z0", _ -> "").on("Z2", _ -> "E0E");
        try (FakeStub stub = FakeStub.start(script);
                RspTarget target = connect(stub)) {
            assertThat(target.breakAt(0x2000_0100, 2).kind()).isEqualTo(BreakpointKind.HARDWARE);
            assertThatThrownBy(() -> target.insert(BreakpointKind.WRITE, 0x2000_0200, 4))
                    .hasMessage(
                            "the stub has no write watchpoint left for 0x20000200 (it says E0E)");
            assertThat(script.breakpoints()).containsExactly("1,20000100,2");
        }
        assertThat(script.breakpoints()).isEmpty();
    }

    @Test
    void closingARunningTargetTakesOutBreakpointsAndPatchesAndLetsItRun() {
        FakeStubScript script = healthy();
        try (FakeStub stub = FakeStub.start(script)) {
            try (RspTarget target = connect(stub)) {
                Breakpoint unused = target.breakAt(0x2000_0100, 2);
                assertThat(unused.address()).isEqualTo(0x2000_0100);
                target.memory().patch(0x2000_0040, new byte[] {9, 9, 9, 9});
                assertThat(script.memory()).isNotEqualTo(ram);
                target.resume();
            }
            assertThat(script.memory()).isEqualTo(ram);
            assertThat(script.breakpoints()).isEmpty();
            assertThat(script.isDetached()).isTrue();
            assertThat(stub.requests()).contains("^C", "D");
        }
    }

    @Test
    void itIsSaidWhyTheTargetStopped() {
        FakeStubScript script =
                healthy()
                        .stopWith("T05watch:20000010;thread:p1.2;")
                        .stopWith("T05swbreak:;")
                        .stopWith("S0b")
                        .stopWith("W3;process:1");
        try (FakeStub stub = FakeStub.start(script);
                RspTarget target = connect(stub)) {
            StopEvent watch = run(target);
            assertThat(watch.reason()).isEqualTo(StopEvent.Reason.WATCHPOINT);
            assertThat(watch.address()).hasValue(0x2000_0010);
            assertThat(watch.thread()).isEqualTo("p1.2");
            assertThat(run(target).reason()).isEqualTo(StopEvent.Reason.SOFTWARE_BREAKPOINT);
            assertThat(run(target).code()).isEqualTo(11);
            StopEvent end = run(target);
            assertThat(end.isAlive()).isFalse();
            assertThat(end.code()).isEqualTo(3);
        }
    }

    private static StopEvent run(RspTarget target) {
        target.resume();
        return target.await(2000).orElseThrow();
    }

    @Test
    void consoleOutputAndFileRequestsOfARunningTargetDoNotDisturb() {
        FakeStubScript script = healthy().stopWith("O48690a").on("F", _ -> "T05thread:01;");
        StringBuilder console = new StringBuilder();
        try (FakeStub stub = FakeStub.start(script);
                RspTarget target = connect(stub)) {
            target.onConsole(console::append);
            target.resume();
            assertThat(target.await(200)).isEmpty();
            assertThat(console).hasToString("Hi\n");
            assertThatThrownBy(() -> target.memory().read(0, new byte[1], 0, 1))
                    .hasMessageContaining("the target is running");
        }
    }

    @Test
    void aLinkThatBrokeCanBeOpenedAgainWithItsBreakpoints() {
        FakeStubScript script = healthy().fault(number -> number == 12 ? Fault.CLOSE : Fault.NONE);
        try (FakeStub stub = FakeStub.start(script);
                RspTarget target = connect(stub)) {
            Breakpoint unused = target.breakAt(0x2000_0100, 2);
            assertThat(unused.kind()).isEqualTo(BreakpointKind.SOFTWARE);
            byte[] read = new byte[4];
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 12; i++) {
                                    target.memory().read(0x2000_0000, read, 0, 4);
                                }
                            })
                    .hasMessageContaining("has closed the connection");
            target.reconnect();
            assertThat(stub.requests().stream().filter("Z0,20000100,2"::equals)).hasSize(2);
        }
    }

    @Test
    void registersThatAreNotDescribedAreReadByCustom() {
        byte[] registers = new byte[168];
        registers[13 * 4 + 3] = 0x20;
        registers[15 * 4] = 0x41;
        try (FakeStub stub = FakeStub.start(healthy().registers(registers));
                RspTarget target = connect(stub)) {
            assertThat(target.readRegisters().stackPointer()).hasValue(0x2000_0000);
            assertThat(target.readRegisters().programCounter()).hasValue(0x41);
            assertThat(target.readRegisters().read(15)).hasValue(0x41);
            assertThat(target.readRegisters().read(99)).isEmpty();
        }
    }

    @Test
    void monitorCommandsThreadsAndDescriptionsAreRead() {
        FakeStubScript script =
                healthy()
                        .features(
                                "PacketSize=1000;qXfer:features:read+;qXfer:memory-map:read+;QStartNoAckMode+")
                        .on("qRcmd", _ -> "566572")
                        .on("qfThreadInfo", _ -> "mp1.1,p1.2")
                        .on("qsThreadInfo", _ -> "l")
                        .on(
                                "qXfer:features:read:target.xml",
                                _ -> "l<target><xi:include href=\"core.xml\"/></target>")
                        .on(
                                "qXfer:features:read:core.xml",
                                _ ->
                                        "l<feature name=\"org.gnu.gdb.riscv.cpu\"><reg name='ra' bitsize='32' regnum='1'/>"
                                                + "<reg name='pc' bitsize=\"32\" regnum=\"32\"/></feature>")
                        .on(
                                "qXfer:memory-map",
                                _ ->
                                        "l<memory-map><memory type=\"flash\" start=\"0x0\" length=\"0x1000\">"
                                                + "<property name=\"blocksize\">0x400</property></memory></memory-map>")
                        .registers(new byte[] {4, 3, 2, 1, 8, 7, 6, 5});
        try (FakeStub stub = FakeStub.start(script);
                RspTarget target = connect(stub)) {
            assertThat(target.capabilities().noAcks()).isTrue();
            assertThat(target.monitor("version")).isEqualTo("Ver");
            assertThat(target.threads()).containsExactly("p1.1", "p1.2");
            assertThat(target.readRegisters().read(1)).hasValue(0x0102_0304);
            assertThat(target.readRegisters().programCounter()).hasValue(0x0506_0708);
            assertThat(target.breakAt(0x10, 2).kind()).isEqualTo(BreakpointKind.HARDWARE);
        }
    }
}
