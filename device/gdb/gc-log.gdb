# Logs every change of an interpreter's heap, for Chipray. Plain gdb commands; for a firmware that calls
# gc_log_change(start_block, length): the hook in ../c, or CircuitPython with LOG_HEAP_ACTIVITY.
#
#   gdb -batch firmware.elf -ex 'target extended-remote :1234' -x gc-log.gdb > gc.log
#
# Nothing here depends on a firmware's lines or numbers. Where gdb has Python, gc-log.py also tells what kind of
# change it was, the block size and the time, and does without the hook.
#
# SPDX-License-Identifier: Apache-2.0

set pagination off
set width 0
set confirm off
set print frame-arguments none
set print entry-values no
set print symbol-filename off
set backtrace past-main off

break gc_log_change
commands
  silent
  printf "chipray - change %lu %lu\n", (unsigned long) start_block, (unsigned long) length
  backtrace
  echo \n
  continue
end

continue
