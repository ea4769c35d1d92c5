import NIOCore

/// One try to be in a classroom, from the first step to the end of the connection.
final class Visit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State { case knocking, inside, over }

    private weak var line: Line?
    private let hello: Hello
    private let patience: Patience
    private let decoder: NIOSingleStepByteToMessageProcessor<FrameDecoder>
    private var state = State.knocking
    private var context: ChannelHandlerContext?
    private var lastHeard = NIODeadline.now()
    private var beating: Ticker?

    init(_ line: Line, hello: Hello, patience: Patience) {
        self.line = line
        self.hello = hello
        self.patience = patience
        decoder = NIOSingleStepByteToMessageProcessor(FrameDecoder(limit: patience.messageBytes))
    }

    /// Ends it; the line hears why, once.
    func end(_ error: ClassroomError) {
        guard state != .over else { return }
        state = .over
        beating?.stop()
        context?.close(promise: nil)
        line?.ended(self, error)
    }

    // MARK: ChannelInboundHandler

    /// The connection stands.
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if state == .over { return context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(hello.frame.encoded), promise: nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastHeard = .now()
        line?.heardSomething()
        do {
            try decoder.process(buffer: unwrapInboundIn(data)) { frame in hear(frame, context) }
        } catch {
            end(.notAClassroom)
        }
    }

    /// Who hangs up before a word was said is no classroom.
    func channelInactive(context: ChannelHandlerContext) {
        end(state == .knocking ? .notAClassroom : .connectionLost)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(state == .knocking ? .notAClassroom : .connectionLost)
    }

    private func hear(_ frame: Frame, _ context: ChannelHandlerContext) {
        switch state {
        case .knocking:
            guard Greeting.isWelcome(frame) else { return end(Refusal.error(frame) ?? .notAClassroom) }
            state = .inside
            startBeating(context)
            line?.entered(self)
        case .inside:
            if let topic = frame.kind.topic {
                line?.heard(Array(frame.body.readableBytesView), topic)
            } else if frame.kind != .beat {
                end(frame.kind == .goodbye ? .ended : .notAClassroom)
            }
        case .over:
            break
        }
    }

    private func startBeating(_ context: ChannelHandlerContext) {
        beating = Ticker(on: context.eventLoop, every: min(patience.beat, patience.silence)) { [weak self] in
            self?.beat()
        }
    }

    private func beat() {
        guard let context else { return }
        if NIODeadline.now() - lastHeard > TimeAmount(patience.silence) { return end(.connectionLost) }
        // Whoever cannot be told has enough to read.
        if context.channel.isWritable {
            context.writeAndFlush(wrapOutboundOut(Frame(.beat).encoded), promise: nil)
        }
    }
}
