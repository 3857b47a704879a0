#pragma once

// Functions whose loops the compiler makes as wide as the processor at hand allows, chosen when the program
// is loaded. The results are the same: use it where nothing is rounded.
//
// The sanitizers' own code does not run that early.
#if defined(__x86_64__) && defined(__gnu_linux__) && __GNUC__ >= 12 && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define NUTGRAF_WIDE __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define NUTGRAF_WIDE
#endif
