import NIOCore

/// One connection of the classroom: first at the door, then inside.
///
/// What waits for it is in its outbox; one piece at a time is with the system. So somebody who takes nothing costs as
/// much as somebody who does, and the others wait for nobody.
final class Member: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Place: Equatable {
        case atTheDoor
        /// Was told why not.
        case turnedAway
        case inside(Role)
        case gone
    }

    private(set) var address = Address(nil)
    private(set) var since = NIODeadline.now()

    private let room: Room
    private var place = Place.atTheDoor
    private var context: ChannelHandlerContext?
    private let decoder = NIOSingleStepByteToMessageProcessor(FrameDecoder(limit: Greeting.limit))
    private var outbox = Outbox()
    private var isWriting = false
    private var lastMoved = NIODeadline.now()
    private var lastHeard = NIODeadline.now()
    private var chatter = 0

    init(_ room: Room) { self.room = room }

    // MARK: What the room says

    func tell(_ bytes: ByteBuffer, _ topic: Topic?) {
        guard case .inside(let role) = place, topic.map(role.hears) ?? true else { return }
        outbox.put(bytes, topic)
        if !isWriting { write() }
    }

    private func write() {
        guard let context, let piece = outbox.next() else { return }
        isWriting = true
        lastMoved = .now()
        context.writeAndFlush(wrapOutboundOut(piece)).assumeIsolated().whenSuccess { [weak self] in
            self?.isWriting = false
            self?.write()
        }
    }

    /// Whether it is there, takes what it is told and says no more than it should, since the last time.
    func isWell(at now: NIODeadline) -> Bool {
        defer { chatter = 0 }
        let isStalled = isWriting && now - lastMoved > TimeAmount(room.limits.stall)
        return !isStalled && now - lastHeard <= TimeAmount(room.limits.silence)
            && chatter <= room.limits.chatterBytes
    }

    func sayGoodbye() {
        guard let context, !isWriting else { return leave() }
        endPlace(isDropped: false)
        context.writeAndFlush(wrapOutboundOut(Frame(.goodbye).encoded), promise: nil)
        context.close(promise: nil)
    }

    /// Ends the connection of somebody who is in and does not behave.
    func drop() { leave(isDropped: true) }

    func leave(isDropped: Bool = false) {
        endPlace(isDropped: isDropped)
        context?.close(promise: nil)
    }

    private func endPlace(isDropped: Bool) {
        guard place != .gone else { return }
        let role: Role? = if case .inside(let role) = place { role } else { nil }
        place = .gone
        room.left(self, as: role, isDropped: isDropped)
    }

    // MARK: What it says

    private func hear(_ frame: Frame) {
        switch place {
        case .atTheDoor:
            guard let hello = Hello(frame) else { return offend() }
            if let refusal = room.answer(hello, of: self, at: .now()) {
                refuse(refusal)
            } else {
                enter(as: hello.role)
            }
        case .inside:
            if frame.kind != .beat || frame.body.readableBytes > 0 { offend() }
        case .turnedAway, .gone:
            break
        }
    }

    /// Says why not, and ends the connection.
    func refuse(_ refusal: Refusal) {
        place = .turnedAway
        context?.writeAndFlush(wrapOutboundOut(refusal.frame.encoded)).assumeIsolated().whenComplete { _ in
            self.leave()
        }
    }

    private func enter(as role: Role) {
        place = .inside(role)
        tell(Greeting.welcome.encoded, nil)
        for (topic, bytes) in room.news(for: role) { tell(bytes, topic) }
    }

    /// It said what nobody says here.
    private func offend() {
        if place == .atTheDoor { room.refused() }
        leave(isDropped: true)
    }

    // MARK: ChannelInboundHandler

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        address = Address(context.remoteAddress)
        room.arrived(self)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        lastHeard = .now()
        chatter += bytes.readableBytes
        if chatter > room.limits.chatterBytes { return offend() }
        do {
            try decoder.process(buffer: bytes) { frame in hear(frame) }
        } catch {
            offend()
        }
    }

    func channelInactive(context: ChannelHandlerContext) { endPlace(isDropped: false) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { leave() }
}
