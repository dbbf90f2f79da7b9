/* Runs script.lua from the folder that QEMU was started in. */
#include <stdio.h>

#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"

/* A global, so that a debugger finds the interpreter's state without a frame. */
lua_State *chipray_lua_state;

int main(void) {
    chipray_lua_state = luaL_newstate();
    if (chipray_lua_state == NULL) {
        puts("no memory for a Lua state");
        return 1;
    }
    luaL_openlibs(chipray_lua_state);
    if (luaL_dofile(chipray_lua_state, "script.lua") != 0) {
        printf("error: %s\n", lua_tostring(chipray_lua_state, -1));
        return 1;
    }
    lua_close(chipray_lua_state);
    return 0;
}
