import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The one thread that talks to the network, started when it is first needed. It stays until the process ends.
///
/// Signals are for the thread that has the terminal. Threads inherit what their maker blocks, so all are blocked while
/// this one is made, but for those of a crash: a blocked one would kill the process before the terminal is given back.
enum NetworkThread {
    static let group: MultiThreadedEventLoopGroup = {
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        for signal in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { sigdelset(&all, signal) }
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return MultiThreadedEventLoopGroup(numberOfThreads: 1)
    }()

    static var loop: any EventLoop { group.next() }
}

extension TimeAmount {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
