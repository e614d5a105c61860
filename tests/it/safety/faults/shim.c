/* Put before the C library (LD_PRELOAD): counts the calls by which a program changes files in one folder, fails at one of them, and writes
   down what was written, in order, so that a power cut can be played back. Made for the tests; see mod.rs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char paths[MOST][512];
static long calls, fail_at, journal = -1;
static int fail_errno, fail_kill, fail_on, ready;
static const char *folder;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void begin(void) {
    if (ready) return;
    ready = 1;
    folder = getenv("FAULT_FOLDER");
    const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND"), *log = getenv("FAULT_JOURNAL");
    fail_at = at ? atol(at) : 0;
    fail_kill = kind && !strcmp(kind, "kill");
    fail_errno = kind && !strcmp(kind, "full") ? ENOSPC : EIO;
    /* Somebody makes room after a while. */
    fail_on = kind && !strcmp(kind, "full") ? 12 : 0;
    if (log) journal = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static int is_ours(const char *path) { return folder && path && !strncmp(path, folder, strlen(folder)); }

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

/* Counts a call; whether it is to fail. The lock is held. */
static int fails(void) {
    calls++;
    if (!fail_at || calls < fail_at || calls > fail_at + fail_on) return 0;
    if (fail_kill) {
        /* What would be after the failure never happens. */
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    errno = fail_errno;
    return 1;
}

static const char *path_of(int fd) { return fd >= 0 && fd < MOST && paths[fd][0] ? paths[fd] : NULL; }

static void opened(int fd, const char *path) {
    if (fd < 0 || fd >= MOST) return;
    paths[fd][0] = 0;
    if (is_ours(path)) snprintf(paths[fd], sizeof paths[fd], "%s", path);
}

#define OPEN(name)                                                       \
    int name(const char *path, int flags, ...) {                         \
        va_list list;                                                    \
        va_start(list, flags);                                           \
        mode_t mode = va_arg(list, mode_t);                              \
        va_end(list);                                                    \
        begin();                                                         \
        pthread_mutex_lock(&lock);                                       \
        int made = is_ours(path) && (flags & O_CREAT) && access(path, F_OK); \
        if (made && fails()) {                                           \
            pthread_mutex_unlock(&lock);                                 \
            return -1;                                                   \
        }                                                                \
        int fd = REAL(name)(path, flags, mode);                          \
        opened(fd, path);                                                \
        if (fd >= 0 && made) note('o', path, 0, NULL, 0);                \
        if (fd >= 0 && is_ours(path) && (flags & O_TRUNC)) note('t', path, 0, NULL, 0); \
        pthread_mutex_unlock(&lock);                                     \
        return fd;                                                       \
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

#define PWRITE(name, offset_t)                                                  \
    ssize_t name(int fd, const void *data, size_t length, offset_t offset) {    \
        begin();                                                                \
        pthread_mutex_lock(&lock);                                              \
        const char *path = path_of(fd);                                         \
        ssize_t done = path && fails() ? -1 : REAL(name)(fd, data, length, offset); \
        if (path && done > 0) note('w', path, offset, data, (uint64_t)done);    \
        pthread_mutex_unlock(&lock);                                            \
        return done;                                                            \
    }

PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length) {
    begin();
    pthread_mutex_lock(&lock);
    const char *path = path_of(fd);
    off_t offset = path ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = path && fails() ? -1 : REAL(write)(fd, data, length);
    if (path && done > 0) note('w', path, offset, data, (uint64_t)done);
    /* What a person or a program saw was acknowledged. */
    if (fd == 1 && done > 0) note('a', "", 0, data, (uint64_t)done);
    pthread_mutex_unlock(&lock);
    return done;
}

#define SYNC(name)                                        \
    int name(int fd) {                                    \
        begin();                                          \
        pthread_mutex_lock(&lock);                        \
        const char *path = path_of(fd);                   \
        int done = path && fails() ? -1 : REAL(name)(fd); \
        if (path && !done) note('s', path, 0, NULL, 0);   \
        pthread_mutex_unlock(&lock);                      \
        return done;                                      \
    }

SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, offset_t)                                     \
    int name(int fd, offset_t length) {                              \
        begin();                                                     \
        pthread_mutex_lock(&lock);                                   \
        const char *path = path_of(fd);                              \
        int done = path && fails() ? -1 : REAL(name)(fd, length);    \
        if (path && !done) note('t', path, length, NULL, 0);         \
        pthread_mutex_unlock(&lock);                                 \
        return done;                                                 \
    }

TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
    begin();
    pthread_mutex_lock(&lock);
    int done = is_ours(path) && fails() ? -1 : REAL(unlink)(path);
    if (is_ours(path) && !done) note('u', path, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

int rename(const char *from, const char *to) {
    begin();
    pthread_mutex_lock(&lock);
    int done = is_ours(to) && fails() ? -1 : REAL(rename)(from, to);
    if (is_ours(to) && !done) note('r', from, 0, to, strlen(to));
    pthread_mutex_unlock(&lock);
    return done;
}

__attribute__((destructor)) static void end(void) {
    const char *count = getenv("FAULT_COUNT");
    if (!count) return;
    char text[32];
    int length = snprintf(text, sizeof text, "%ld", calls);
    int fd = REAL(open)(count, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0) {
        REAL(write)(fd, text, (size_t)length);
        REAL(close)(fd);
    }
}
