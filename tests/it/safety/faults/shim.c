/* Put before the C library (LD_PRELOAD): counts the calls by which a program reads and changes files in one folder, fails at one of them, and
   writes down what was written, in order, so that a power cut can be played back. Made for the tests; see mod.rs.

   What goes through a file that is open is caught by functions of the same name. Changes of names are made by some crates without the C
   library, so a filter of system calls brings these here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#define MOST 4096
#define LONG 512
/* A system call with this as its sixth argument is our own. */
#define OURS 0x5e1f5e1fL

enum kind { KILL, HALF, IO, IO_ON, FULL_ONCE, FULL, FULL_ON, SHORT, QUOTA, INTERRUPTED, READ, READ_ON };

/* What a call does; a full disk does not stop each of them. */
enum what { GROWS, SYNCS, SHRINKS };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char paths[MOST][LONG];
/* Files that are open and have no name any more. */
static char nameless[MOST];
static long calls, reads, fail_at, journal = -1;
static enum kind kind;
static int ready, halved;
static const char *folder;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const struct { const char *name; enum kind kind; } KINDS[] = {
    {"kill", KILL}, {"half", HALF}, {"io", IO}, {"io-on", IO_ON}, {"full-once", FULL_ONCE}, {"full", FULL},
    {"full-on", FULL_ON}, {"short", SHORT}, {"quota", QUOTA}, {"interrupted", INTERRUPTED}, {"read", READ}, {"read-on", READ_ON},
};

static void begin(void) {
    if (ready) return;
    ready = 1;
    folder = getenv("FAULT_FOLDER");
    const char *at = getenv("FAULT_AT"), *name = getenv("FAULT_KIND"), *log = getenv("FAULT_JOURNAL");
    fail_at = at ? atol(at) : 0;
    for (size_t one = 0; name && one < sizeof KINDS / sizeof *KINDS; one++)
        if (!strcmp(name, KINDS[one].name)) kind = KINDS[one].kind;
    if (log) journal = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static int is_ours(const char *path) { return folder && path && !strncmp(path, folder, strlen(folder)); }

/* The path from the root. */
static const char *absolute(int at, const char *path, char *room) {
    if (!path || path[0] == '/') return path;
    char base[LONG] = "";
    if (at == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) return path;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length < 0) return path;
        base[length] = 0;
    }
    while (path[0] == '.' && path[1] == '/') path += 2;
    snprintf(room, 2 * LONG, "%s/%s", base, path);
    return room;
}

/* A record: a letter, the length of the path, the path, an offset, the length of the data, the data. */
static void note(char what, const char *path, int64_t offset, const void *data, uint64_t length) {
    if (journal < 0) return;
    uint64_t size = strlen(path);
    ssize_t (*put)(int, const void *, size_t) = REAL(write);
    put((int)journal, &what, 1);
    put((int)journal, &size, 8);
    put((int)journal, path, size);
    put((int)journal, &offset, 8);
    put((int)journal, &length, 8);
    if (length) put((int)journal, data, length);
}

static void die(void) {
    /* What would be after the failure never happens. */
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Counts a call; the error that it is to fail with, or 0. The lock is held. */
static int fault(enum what what) {
    calls++;
    if (!fail_at || calls < fail_at) return 0;
    long since = calls - fail_at;
    switch (kind) {
        case KILL: die(); break;
        case HALF: case SHORT: case READ: case READ_ON: break;
        case IO: return since ? 0 : EIO;
        case IO_ON: return EIO;
        case FULL_ONCE: return since ? 0 : ENOSPC;
        /* Somebody makes room after a while. */
        case FULL: return since > 12 ? 0 : ENOSPC;
        case FULL_ON: return what == SHRINKS ? 0 : ENOSPC;
        case QUOTA: return what == SHRINKS ? 0 : EDQUOT;
        case INTERRUPTED: return since ? 0 : EINTR;
    }
    return 0;
}

/* Counts a read; whether it is to fail. The lock is held. */
static int misread(void) {
    reads++;
    if (!fail_at || (kind != READ && kind != READ_ON) || reads < fail_at) return 0;
    return kind == READ_ON || reads == fail_at;
}

/* How much of a write is done: half of it at the fault of some kinds. The lock is held, and the call is counted. */
static size_t part(size_t length) {
    if (!fail_at || calls < fail_at || length < 2) return length;
    long since = calls - fail_at;
    if ((kind == HALF && !since) || (kind == SHORT && since < 12)) return length / 2;
    return length;
}

/* After the call at which the process ends in the middle. */
static void half_done(void) {
    if (fail_at && kind == HALF && calls == fail_at) die();
}

/* A disk that is full takes the beginning of the first write. */
static int is_first_of_full(size_t length) {
    if (kind != FULL_ON || halved || length < 2) return 0;
    return halved = 1;
}

static const char *path_of(int fd) { return fd >= 0 && fd < MOST && paths[fd][0] ? paths[fd] : NULL; }

static int is_noted(int fd) { return !nameless[fd]; }

static void opened(int fd, const char *path) {
    if (fd < 0 || fd >= MOST) return;
    paths[fd][0] = nameless[fd] = 0;
    if (is_ours(path) && strlen(path) < LONG) strcpy(paths[fd], path);
}

static int open_file(const char *path, int flags, mode_t mode, int (*real)(const char *, int, ...)) {
    begin();
    char room[2 * LONG];
    pthread_mutex_lock(&lock);
    const char *whole = absolute(AT_FDCWD, path, room);
    int ours = is_ours(whole), made = ours && (flags & O_CREAT) && access(path, F_OK);
    int error = made ? fault(GROWS) : ours && misread() ? EIO : 0;
    int fd = error ? -1 : real(path, flags, mode), kept = error ? error : errno;
    if (!error) opened(fd, whole);
    if (fd >= 0 && made) note('o', whole, 0, NULL, 0);
    if (fd >= 0 && ours && (flags & O_TRUNC)) note('t', whole, 0, NULL, 0);
    if (made) half_done();
    pthread_mutex_unlock(&lock);
    errno = kept;
    return fd;
}

#define OPEN(name)                                                    \
    int name(const char *path, int flags, ...) {                      \
        va_list list;                                                 \
        va_start(list, flags);                                        \
        mode_t mode = va_arg(list, mode_t);                           \
        va_end(list);                                                 \
        return open_file(path, flags, mode, (int (*)(const char *, int, ...))REAL(name)); \
    }

OPEN(open)
OPEN(open64)

int close(int fd) {
    begin();
    pthread_mutex_lock(&lock);
    if (fd >= 0 && fd < MOST) paths[fd][0] = 0;
    pthread_mutex_unlock(&lock);
    return REAL(close)(fd);
}

#define PWRITE(name, offset_t)                                                          \
    ssize_t name(int fd, const void *data, size_t length, offset_t offset) {            \
        begin();                                                                        \
        pthread_mutex_lock(&lock);                                                      \
        const char *path = path_of(fd);                                                 \
        int error = path ? fault(GROWS) : 0;                                            \
        size_t some = path ? part(length) : length;                                     \
        if (error && is_first_of_full(length)) error = 0, some = length / 2;            \
        ssize_t done = error ? -1 : REAL(name)(fd, data, some, offset);                 \
        if (error) errno = error;                                                       \
        if (path && is_noted(fd) && done > 0) note('w', path, offset, data, (uint64_t)done); \
        if (path) half_done();                                                          \
        pthread_mutex_unlock(&lock);                                                    \
        return done;                                                                    \
    }

PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length) {
    begin();
    pthread_mutex_lock(&lock);
    const char *path = path_of(fd);
    int error = path ? fault(GROWS) : 0;
    size_t some = path ? part(length) : length;
    if (error && is_first_of_full(length)) error = 0, some = length / 2;
    off_t offset = path ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = error ? -1 : REAL(write)(fd, data, some);
    if (error) errno = error;
    if (path && is_noted(fd) && done > 0) note('w', path, offset, data, (uint64_t)done);
    /* What a person or a program saw was acknowledged. */
    if (fd == 1 && done > 0) note('a', "", 0, data, (uint64_t)done);
    if (path) half_done();
    pthread_mutex_unlock(&lock);
    return done;
}

/* A system may write less than it was given. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    for (int one = 0; one < count; one++)
        if (parts[one].iov_len) return write(fd, parts[one].iov_base, parts[one].iov_len);
    return 0;
}

#define PREAD(name, offset_t)                                          \
    ssize_t name(int fd, void *data, size_t length, offset_t offset) { \
        begin();                                                       \
        pthread_mutex_lock(&lock);                                     \
        int error = path_of(fd) && misread();                          \
        ssize_t done = error ? -1 : REAL(name)(fd, data, length, offset); \
        if (error) errno = EIO;                                        \
        pthread_mutex_unlock(&lock);                                   \
        return done;                                                   \
    }

PREAD(pread, off_t)
PREAD(pread64, off64_t)

ssize_t read(int fd, void *data, size_t length) {
    begin();
    pthread_mutex_lock(&lock);
    int error = path_of(fd) && misread();
    pthread_mutex_unlock(&lock);
    if (error) {
        errno = EIO;
        return -1;
    }
    /* Input may be waited for. */
    return REAL(read)(fd, data, length);
}

#define SYNC(name)                                                  \
    int name(int fd) {                                              \
        begin();                                                    \
        pthread_mutex_lock(&lock);                                  \
        const char *path = path_of(fd);                             \
        int error = path ? fault(SYNCS) : 0;                        \
        int done = error ? -1 : REAL(name)(fd);                     \
        if (error) errno = error;                                   \
        /* What could not be written is forgotten by the system. */ \
        if (path && is_noted(fd)) note(done ? 'f' : 's', path, calls, NULL, 0); \
        if (path) half_done();                                      \
        pthread_mutex_unlock(&lock);                                \
        return done;                                                \
    }

SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, offset_t)                                    \
    int name(int fd, offset_t length) {                             \
        begin();                                                    \
        pthread_mutex_lock(&lock);                                  \
        const char *path = path_of(fd);                             \
        struct stat before = {0};                                   \
        fstat(fd, &before);                                         \
        int error = path ? fault(length > before.st_size ? GROWS : SHRINKS) : 0; \
        int done = error ? -1 : REAL(name)(fd, length);             \
        if (error) errno = error;                                   \
        if (path && is_noted(fd) && !done) note('t', path, length, NULL, 0); \
        if (path) half_done();                                      \
        pthread_mutex_unlock(&lock);                                \
        return done;                                                \
    }

TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

/* Without these, copies are made by reads and writes. */
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t length, unsigned flags) {
    (void)from, (void)at, (void)to, (void)there, (void)length, (void)flags;
    errno = ENOSYS;
    return -1;
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    (void)from, (void)at, (void)to, (void)length;
    errno = ENOSYS;
    return -1;
}

/* Files that are open go along with a name that changes, and with that of their folder. */
static void renamed(const char *from, const char *to) {
    size_t length = strlen(from);
    for (int fd = 0; fd < MOST; fd++) {
        if (!paths[fd][0]) continue;
        if (!strcmp(paths[fd], to)) nameless[fd] = 1;
        if (strncmp(paths[fd], from, length) || (paths[fd][length] && paths[fd][length] != '/')) continue;
        char now[2 * LONG];
        snprintf(now, sizeof now, "%s%s", to, paths[fd] + length);
        paths[fd][0] = 0;
        if (is_ours(now) && strlen(now) < LONG) strcpy(paths[fd], now);
    }
}

static void unlinked(const char *path) {
    for (int fd = 0; fd < MOST; fd++)
        if (paths[fd][0] && !strcmp(paths[fd], path)) nameless[fd] = 1;
}

/* A system call that changes names: what it answers. */
static long changes_names(long number, long a, long b, long c, long d, long e) {
    int at = AT_FDCWD, there = AT_FDCWD;
    const char *path = NULL, *target = NULL;
    char what = 0;
    enum what effect = GROWS;
    switch (number) {
#ifdef SYS_rename
        case SYS_rename: path = (char *)a, target = (char *)b, what = 'r'; break;
        case SYS_link: path = (char *)a, target = (char *)b, what = 'l'; break;
        case SYS_unlink: path = (char *)a, what = 'u', effect = SHRINKS; break;
        case SYS_mkdir: path = (char *)a, what = 'm'; break;
        case SYS_rmdir: path = (char *)a, what = 'd', effect = SHRINKS; break;
#endif
#ifdef SYS_renameat
        case SYS_renameat:
#endif
        case SYS_renameat2: at = (int)a, path = (char *)b, there = (int)c, target = (char *)d, what = 'r'; break;
        case SYS_linkat: at = (int)a, path = (char *)b, there = (int)c, target = (char *)d, what = 'l'; break;
        case SYS_unlinkat:
            at = (int)a, path = (char *)b, effect = SHRINKS;
            what = c & AT_REMOVEDIR ? 'd' : 'u';
            break;
        case SYS_mkdirat: at = (int)a, path = (char *)b, what = 'm'; break;
    }
    char room[2 * LONG], other[2 * LONG];
    pthread_mutex_lock(&lock);
    const char *from = absolute(at, path, room), *to = target ? absolute(there, target, other) : NULL;
    int ours = is_ours(to ? to : from);
    /* A folder that is there is found so on every disk. */
    if (what == 'm' && !access(from, F_OK)) ours = 0;
    int error = ours ? fault(effect) : 0;
    long done = error ? -error : syscall(number, a, b, c, d, e, OURS);
    if (!error && done < 0) done = -errno;
    if (ours && done == 0) {
        if (what == 'r') renamed(from, to);
        if (what == 'u') unlinked(from);
        if (what == 'r' || what == 'l') note(what, from, 0, to, strlen(to));
        if (what == 'u') note(what, from, 0, NULL, 0);
    }
    if (ours) half_done();
    pthread_mutex_unlock(&lock);
    return done;
}

static void trapped(int signal, siginfo_t *about, void *context) {
    (void)signal;
    int kept = errno;
    ucontext_t *state = context;
#if defined(__x86_64__)
    greg_t *r = state->uc_mcontext.gregs;
    r[REG_RAX] = changes_names(about->si_syscall, r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8]);
#elif defined(__aarch64__)
    unsigned long long *r = state->uc_mcontext.regs;
    r[0] = changes_names(about->si_syscall, r[0], r[1], r[2], r[3], r[4]);
#else
#error "the registers of this processor are not known"
#endif
    errno = kept;
}

#define TRAP(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP)

__attribute__((constructor)) static void filter(void) {
    begin();
    if (!folder) return;
    struct sigaction action = {.sa_sigaction = trapped, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigaction(SIGSYS, &action, NULL);
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OURS, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#ifdef SYS_rename
        TRAP(SYS_rename), TRAP(SYS_link), TRAP(SYS_unlink), TRAP(SYS_mkdir), TRAP(SYS_rmdir),
#endif
#ifdef SYS_renameat
        TRAP(SYS_renameat),
#endif
        TRAP(SYS_renameat2), TRAP(SYS_linkat), TRAP(SYS_unlinkat), TRAP(SYS_mkdirat),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof rules / sizeof *rules, .filter = rules};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
        /* Without it, calls would be missed without a word. */
        static const char failed[] = "system calls cannot be filtered here\n";
        REAL(write)(2, failed, sizeof failed - 1);
        abort();
    }
}

__attribute__((destructor)) static void end(void) {
    const char *count = getenv("FAULT_COUNT");
    if (!count) return;
    char text[64];
    int length = snprintf(text, sizeof text, "%ld %ld", calls, reads);
    int fd = REAL(open)(count, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0) {
        REAL(write)(fd, text, (size_t)length);
        REAL(close)(fd);
    }
}
