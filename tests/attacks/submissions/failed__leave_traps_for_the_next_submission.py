import ctypes, os, resource, time

os.umask(0)
os.environ["LEFT"] = "left-by-an-attack"
os.chdir("/")
for attempt in (
    lambda: os.sched_setaffinity(0, {max(os.sched_getaffinity(0))}), lambda: os.nice(19),
    lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8)), lambda: open("/dev/shm/left-by-an-attack", "w"),
    lambda: open("/tmp/left-by-an-attack", "w"), lambda: os.mkfifo("/tmp/left-by-an-attack-pipe"),
    lambda: open(os.environ["HOME"] + "/left-by-an-attack", "w"), lambda: time.clock_settime(0, 0),
):
    try:
        attempt()
    except (OSError, ValueError):
        pass


def entropy(p, base=2.0):
    return -5.0
