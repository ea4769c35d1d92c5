import NIOCore
import Testing

@testable import Classroom

/// What goes over the wire, without a wire.
@Suite struct WireTests {
    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
    func framesSurviveAnyCutting(seed: UInt64) throws {
        var random = SplitMix(seed)
        let kinds: [Frame.Kind] = [.hello, .welcome, .refusal, .goodbye, .beat, .lesson, .state, .notes]
        let sent = (0..<200).map { _ in
            Frame(kinds[random.next(8)], (0..<random.next(300)).map { _ in UInt8(random.next(256)) })
        }
        var bytes = sent.flatMap { Array($0.encoded.readableBytesView) }[...]
        var decoder = Reassembler()
        var received: [Frame] = []
        while !bytes.isEmpty {
            let piece = bytes.prefix(1 + random.next(97))
            bytes = bytes.dropFirst(piece.count)
            received += try decoder.frames(Array(piece))
        }
        #expect(received == sent)
    }

    /// Random bytes, and frames with a bit turned: an error or a frame, never more memory than the limit, never a trap.
    @Test(arguments: [UInt64(11), 12, 13, 14])
    func hostileBytesAreAnErrorOrAFrame(seed: UInt64) {
        var random = SplitMix(seed)
        let hello = Array(Hello(role: .notes, code: Array("CODE".utf8)).frame.encoded.readableBytesView)
        for round in 0..<4000 {
            var bytes = round.isMultiple(of: 2) ? hello : (0..<random.next(64)).map { _ in UInt8(random.next(256)) }
            if !bytes.isEmpty { bytes[random.next(bytes.count)] ^= UInt8(1 << random.next(8)) }
            let processor = NIOSingleStepByteToMessageProcessor(FrameDecoder(limit: Greeting.limit))
            do {
                try processor.process(buffer: ByteBuffer(bytes: bytes)) { frame in
                    #expect(frame.body.readableBytes < Greeting.limit)
                    if let hello = Hello(frame) { #expect(hello.code.count <= Greeting.mostCodeBytes) }
                    _ = Refusal.error(frame)
                    _ = Greeting.isWelcome(frame)
                }
                #expect(processor.unprocessedBytes <= 4 + Greeting.limit)
            } catch {
                #expect(error is FrameDecoder.Failure)
            }
        }
    }

    @Test func aLengthBeyondTheLimitIsAnErrorBeforeItsBytesCome() {
        let decoder = FrameDecoder(limit: 100)
        for length in [UInt32(0), 101, .max] {
            var buffer = ByteBuffer(integer: length)
            #expect(throws: FrameDecoder.Failure.length(Int(length))) { try decoder.decode(buffer: &buffer) }
        }
    }

    @Test func greetingsComeBackAsTheyWere() throws {
        for role in Role.allCases {
            let hello = Hello(role: role, code: Array("BCDFGH".utf8))
            #expect(Hello(hello.frame) == hello)
        }
        #expect(Greeting.isWelcome(Greeting.welcome))
        #expect(Refusal.error(Refusal.wrongCode.frame) == .wrongCode)
        #expect(Refusal.error(Refusal.tooManyTries(1500).frame) == .tooManyTries(.milliseconds(1500)))
        #expect(Refusal.error(Refusal.full.frame) == .full)
        let longest = Hello(role: .notes, code: Array(repeating: 65, count: Greeting.mostCodeBytes))
        #expect(longest.frame.encoded.readableBytes == 4 + Greeting.limit)
    }

    @Test func onlyTheNewestOfATopicWaitsAndLessonsGoFirst() {
        var outbox = Outbox()
        func buffer(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }
        outbox.put(buffer("state 1"), .state)
        outbox.put(buffer("notes 1"), .notes)
        outbox.put(buffer("state 2"), .state)
        outbox.put(buffer("lesson 1"), .lesson)
        outbox.put(buffer("beat"), nil)
        outbox.put(buffer("beat"), nil)
        var out: [String] = []
        while let piece = outbox.next() { out.append(String(buffer: piece)) }
        #expect(out == ["lesson 1", "state 2", "notes 1", "beat"])
        #expect(outbox.isEmpty)
    }

    @Test func aMessageThatHasBegunIsFinishedFirst() {
        var outbox = Outbox()
        let long = ByteBuffer(repeating: 1, count: Outbox.pieceBytes * 2 + 1)
        outbox.put(long, .state)
        var out = outbox.next() ?? ByteBuffer()
        outbox.put(ByteBuffer(repeating: 2, count: 3), .state)
        while let piece = outbox.next() {
            #expect(piece.readableBytes <= Outbox.pieceBytes)
            out.writeImmutableBuffer(piece)
        }
        #expect(Array(out.readableBytesView) == [UInt8](repeating: 1, count: long.readableBytes) + [2, 2, 2])
    }

    @Test func codesAreComparedWhole() {
        let codes = Codes(follower: "BCDFGH", notes: "NPQRST")
        #expect(codes.accept(Array("BCDFGH".utf8), as: .follower))
        for wrong in ["", "BCDFG", "BCDFGHJ", "BCDFGJ", "CCDFGH", "NPQRST"] {
            #expect(!codes.accept(Array(wrong.utf8), as: .follower))
        }
        #expect(!Codes(follower: "", notes: "").accept([], as: .follower))
    }
}

/// Random numbers with a seed.
struct SplitMix {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next(_ limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
