/// A model of C types as a firmware's debug information, or a stored layout profile, describes them.
///
/// Start with [TypeCatalog]: it finds types and variables by name and follows paths such as
/// `mp_state_ctx.vm.dict_main.map.table`. Nothing here throws at a lookup: what a type could not be modelled in is
/// kept in the type as problems, and a path that leads nowhere says why.
@NullMarked
package dev.chipray.ctype;

import org.jspecify.annotations.NullMarked;
