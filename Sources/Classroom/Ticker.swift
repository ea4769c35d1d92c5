import NIOCore

/// Something that is done again and again on the network thread, until it is stopped or forgotten.
final class Ticker {
    private let loop: any EventLoop
    private let pause: TimeAmount
    private let act: () -> Void
    private var next: Scheduled<Void>?

    init(on loop: any EventLoop, every pause: Duration, _ act: @escaping () -> Void) {
        self.loop = loop
        self.pause = TimeAmount(pause)
        self.act = act
        plan()
    }

    deinit { stop() }

    func stop() {
        next?.cancel()
        next = nil
    }

    private func plan() {
        next = loop.assumeIsolated().scheduleTask(in: pause) { [weak self] in
            guard let self, next != nil else { return }
            act()
            if next != nil { plan() }
        }
    }
}
