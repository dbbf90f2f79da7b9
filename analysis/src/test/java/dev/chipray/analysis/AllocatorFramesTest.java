package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocatorFramesTest {

    @ParameterizedTest
    @ValueSource(strings = {"py/gc.c", "../../py/gc.c", "C:\\src\\py\\gc.c", "/a b/py/malloc.c"})
    void knowsTheAllocatorWhereverItIs(String file) {
        assertThat(AllocatorFrames.DEFAULT.contains(file)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gc.c", "copy/gc.c", "py/gc.c.orig", "py/gcc.c", "../py/gc.h"})
    void leavesOtherFilesAlone(String file) {
        assertThat(AllocatorFrames.DEFAULT.contains(file)).isFalse();
    }
}
