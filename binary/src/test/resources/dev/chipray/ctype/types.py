# Prints the members of the types whose names are in a file: name|size|member,bit offset,width,size;...
import gdb

for name in open(gdb.convenience_variable("argument0").string()).read().splitlines():
    found = None
    for query in (name, "struct " + name, "union " + name):
        try:
            found = gdb.lookup_type(query).strip_typedefs()
        except gdb.error:
            continue
        if found.code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION):
            break
        found = None
    if found is None:
        continue
    members = []
    for field in found.fields():
        if not hasattr(field, "bitpos"):
            continue
        kind = field.type.strip_typedefs()
        flexible = kind.code == gdb.TYPE_CODE_ARRAY and kind.range()[1] in (-1, 2**32 - 1, 2**64 - 1)
        size = 0 if flexible else kind.sizeof
        label = "" if field.is_base_class else field.name or ""
        members.append("%s,%d,%d,%d;" % (label, field.bitpos, field.bitsize, size))
    print("%s|%d|%s" % (name, found.sizeof, "".join(members)))
