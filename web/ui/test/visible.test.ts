import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visible } from '../src/text/visible';

test('control characters, marks of direction and lone surrogates are written out', () => {
  assert.equal(visible('a\u202eb'), 'a⟨U+202E⟩b');
  assert.equal(visible('\u0000\u001b[31m\n'), '⟨U+0000⟩⟨U+001B⟩[31m⟨U+000A⟩');
  assert.equal(visible('\ud800'), '⟨U+D800⟩');
  assert.equal(visible('\u{e0041}'), '⟨U+E0041⟩');
});

test('ordinary text of any script stays as it is', () => {
  for (const text of ['mp_obj_new_list', '<script>alert(1)</script>', 'größe', '関数', 'دالة', '😀']) {
    assert.equal(visible(text), text);
  }
});
