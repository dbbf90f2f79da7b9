package dev.chipray.target.rsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.target.TargetException;
import org.junit.jupiter.api.Test;

class EndpointTest {

    @Test
    void everyFormIsUnderstood() {
        assertThat(Endpoint.parse("host:1234")).isEqualTo(new Endpoint.Tcp("host", 1234));
        assertThat(Endpoint.parse("tcp:[::1]:7")).isEqualTo(new Endpoint.Tcp("::1", 7));
        assertThat(Endpoint.parse(":1234")).isEqualTo(new Endpoint.Tcp("localhost", 1234));
        assertThat(Endpoint.parse("unix:/tmp/s")).isEqualTo(new Endpoint.Unix("/tmp/s"));
        assertThat(Endpoint.parse("serial:/dev/ttyACM0"))
                .isEqualTo(new Endpoint.Serial("/dev/ttyACM0", 115_200));
        assertThat(Endpoint.parse("serial:/dev/a@9600"))
                .isEqualTo(new Endpoint.Serial("/dev/a", 9600));
        assertThat(Endpoint.parse("exec:qemu -gdb stdio"))
                .isEqualTo(new Endpoint.Exec("qemu -gdb stdio"));
        assertThat(Endpoint.parse("openocd")).isEqualTo(new Endpoint.Tcp("localhost", 3333));
        assertThat(Endpoint.parse("jlink")).isEqualTo(new Endpoint.Tcp("localhost", 2331));
        assertThat(Endpoint.parse("qemu")).isEqualTo(new Endpoint.Tcp("localhost", 1234));
    }

    @Test
    void whatIsNoneIsSaidInALine() {
        for (String text :
                new String[] {"", "host", "host:", "host:0", "host:70000", "serial:a@x"}) {
            assertThatThrownBy(() -> Endpoint.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'");
        }
    }

    @Test
    void whatCannotBeReachedIsSaidWithWhatWouldHelp() {
        for (String text :
                new String[] {
                    "127.0.0.1:1", "unix:/nowhere/s", "serial:/nowhere", "no.such.invalid:1"
                }) {
            assertThatThrownBy(() -> Endpoint.parse(text).open())
                    .as(text)
                    .isInstanceOf(TargetException.class)
                    .hasMessageContaining("cannot be reached");
        }
    }
}
