import NIOCore
import Synchronization

/// A place in a classroom: what the presenter publishes comes here. A lost connection comes back by itself.
///
/// It keeps the newest of each topic and nothing else, however long nobody asks.
public final class ClassroomClient: Sendable {
    private let inbox = Inbox()
    private let line: NIOLoopBoundBox<Line>
    private let loop: any EventLoop
    private let patience: Patience
    private let isClosed = Mutex(false)

    /// Goes in. Waits until that is done or cannot be done, at most as long as `patience` has for the entry.
    ///
    /// - Parameters:
    ///   - host: a name or an address, IPv4 or IPv6.
    ///   - code: as people type it: spaces, hyphens and small letters do not matter.
    public init(
        host: String, port: Int, code: String, role: Role, patience: Patience = Patience()
    ) throws(ClassroomError) {
        guard 1...65535 ~= port else { throw .nobodyThere }
        let code = Array(Codes.canonical(code).utf8)
        guard code.count <= Greeting.mostCodeBytes else { throw .wrongCode }
        let loop = NetworkThread.loop
        self.loop = loop
        self.patience = patience
        let entry = loop.makePromise(of: Void.self)
        let line = NIOLoopBoundBox.makeBoxSendingValue(
            Line(
                host: host, port: port, hello: Hello(role: role, code: code), patience: patience, inbox: inbox,
                loop: loop, entry: entry),
            as: Line.self, eventLoop: loop)
        self.line = line
        loop.execute { line.value.connect() }
        do { try entry.futureResult.wait() } catch { throw error as? ClassroomError ?? .connectionLost }
    }

    deinit { close() }

    /// What happened since the last time. Never waits.
    public func events() -> [ClassroomEvent] { inbox.take() }

    /// How long the classroom has said nothing, not even that it is there; `nil`: no longer than it may.
    public func quiet(at now: ContinuousClock.Instant = .now) -> Duration? {
        let silence = inbox.silence(at: now)
        return silence < patience.quiet ? nil : silence
    }

    /// Leaves. Nothing happens afterwards.
    public func close() {
        let wasClosed = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        if wasClosed { return }
        let line = line
        _ = try? loop.submit { line.value.close() }.wait()
    }
}
