// The clock that the test gives to the hook.
// SPDX-License-Identifier: Apache-2.0

unsigned test_clock(void);
