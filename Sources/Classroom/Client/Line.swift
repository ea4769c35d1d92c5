import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The way into a classroom as the network thread has it: one visit after the other.
final class Line {
    private let host: String
    private let port: Int
    private let hello: Hello
    private let patience: Patience
    private let inbox: Inbox
    private let loop: any EventLoop
    /// Whoever waits for the first visit.
    private var entry: EventLoopPromise<Void>?
    private var visit: Visit?
    private var deadline: Scheduled<Void>?
    /// New tries since the connection was lost.
    private var tries = 0
    private var isClosed = false

    init(
        host: String, port: Int, hello: Hello, patience: Patience, inbox: Inbox, loop: any EventLoop,
        entry: EventLoopPromise<Void>
    ) {
        self.host = HostName.plain(host)
        self.port = port
        self.hello = hello
        self.patience = patience
        self.inbox = inbox
        self.loop = loop
        self.entry = entry
    }

    func connect() {
        if isClosed { return }
        let visit = Visit(self, hello: hello, patience: patience)
        self.visit = visit
        deadline = after(patience.entry) { [weak visit] in visit?.end(.timedOut) }
        ClientBootstrap(group: NetworkThread.group)
            .connectTimeout(TimeAmount(patience.entry))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: host, port: port)
            .hop(to: loop).assumeIsolated()
            .whenComplete { [host] result in
                switch result {
                case .success(let channel):
                    // One that was lost meanwhile has no pipeline any more.
                    do { try channel.pipeline.syncOperations.addHandler(visit) } catch { visit.end(.connectionLost) }
                case .failure(let error):
                    visit.end(Self.reason(error, host: host))
                }
            }
    }

    func close() {
        isClosed = true
        deadline?.cancel()
        visit?.end(.ended)
    }

    private func after(_ pause: Duration, _ act: @escaping () -> Void) -> Scheduled<Void> {
        loop.assumeIsolated().scheduleTask(in: TimeAmount(pause), act)
    }

    // MARK: What visits say

    func entered(_ visit: Visit) {
        deadline?.cancel()
        tries = 0
        if let entry {
            entry.succeed()
            self.entry = nil
        } else {
            inbox.put(.reconnected)
        }
    }

    func heardSomething() { inbox.heard() }

    func heard(_ bytes: [UInt8], _ topic: Topic) { inbox.put(bytes, topic) }

    func ended(_ visit: Visit, _ error: ClassroomError) {
        deadline?.cancel()
        self.visit = nil
        if let entry {
            isClosed = true
            entry.fail(error)
            self.entry = nil
        } else if isClosed {
            return
        } else if !error.mayPass {
            isClosed = true
            inbox.put(.ended(error))
        } else {
            inbox.put(.lost(error))
            deadline = after(patience.pause(before: tries, after: error)) { [weak self] in self?.connect() }
            tries += 1
        }
    }

    private static func reason(_ error: any Error, host: String) -> ClassroomError {
        guard let error = error as? NIOConnectionError else { return .timedOut }
        // No address was found that could be tried.
        guard let first = error.connectionErrors.first else { return .noSuchHost(host) }
        if let refusal = first.error as? IOError { return refusal.errnoCode == ETIMEDOUT ? .timedOut : .nobodyThere }
        return .timedOut
    }
}
