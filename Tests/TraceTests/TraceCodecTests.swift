import Testing
import Trace

@Suite struct TraceCodecTests {
    @Test func everyTraceComesBackAsItWas() throws {
        var random = TestRandom(seed: 1)
        for _ in 0..<300 {
            let trace = Trace.random(&random)
            let again = try Trace(decoding: trace.encoded())
            #expect(again == trace)
            #expect(again.digest == trace.digest)
        }
        #expect(try Trace(decoding: Trace().encoded()) == Trace())
    }

    @Test func theFormatOfVersion1DoesNotChange() {
        var trace = Trace(scenario: "s", seed: 258, end: VirtualTime(nanoseconds: 300))
        let name = trace.names.intern("sql")
        trace.components = [Component(name: name, kind: .backend)]
        trace.events = [
            Event(time: VirtualTime(nanoseconds: 5), kind: .callSent, component: name, span: SpanID(1), value: -1),
            Event(
                time: VirtualTime(nanoseconds: 300), kind: .callFinished, outcome: .ok, component: name,
                request: RequestID(2), span: SpanID(1), cause: EventID(1), value: 64),
        ]
        let head =
            Array("EnsayoT".utf8) + [1, 1, 0x73, 2, 1, 0, 0, 0, 0, 0, 0, 0xd8, 4, 1, 3, 0x73, 0x71, 0x6c, 1, 1, 3, 2]
        let first: [UInt8] = [20, 0, 10, 1, 1, 0, 0, 2, 2, 0]
        let second: [UInt8] = [26, 1, 0xce, 4, 0x80, 1, 1, 0, 4, 0, 2, 2]
        #expect(trace.encoded().dropLast(8) == (head + first + second)[...])
        #expect(trace.digest.description == "f6b78d52975f8a72")
    }

    @Test func damageIsAnErrorAndNeverATrap() {
        var random = TestRandom(seed: 2)
        for _ in 0..<200 {
            let bytes = Trace.random(&random).encoded()
            for _ in 0..<20 {
                var damaged = bytes
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch random.next() % 4 {
                case 0: damaged[place] ^= 1 << UInt8(random.next() % 8)
                case 1: damaged.removeSubrange(place...)
                case 2: damaged.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
                default: damaged.remove(at: place)
                }
                if damaged == bytes { continue }
                #expect(throws: TraceCodecError.self) { try Trace(decoding: damaged) }
            }
        }
    }

    @Test func bytesAtRandomBehindTheMagicAreAnError() {
        var random = TestRandom(seed: 3)
        for _ in 0..<5000 {
            let length = Int.random(in: 0...200, using: &random)
            let noise = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next() >> (random.next() % 8)) }
            #expect(throws: TraceCodecError.self) { try Trace(decoding: Array("EnsayoT".utf8) + [1] + noise) }
        }
    }

    @Test func aCountBeyondTheBytesIsRefusedBeforeMemoryIsTaken() {
        let head = Array("EnsayoT".utf8) + [1, 0] + [UInt8](repeating: 0, count: 9)
        let huge: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]
        #expect(throws: TraceCodecError(.truncated, offset: 28)) { try Trace(decoding: head + [0] + huge) }
        #expect(throws: TraceCodecError(.truncated, offset: 29)) { try Trace(decoding: head + [0, 0] + huge) }
    }

    @Test(arguments: [
        ("", TraceCodecError.Reason.notATrace), ("Ensay", .notATrace), ("PK\u{3}\u{4}", .notATrace),
        ("EnsayoT", .truncated), ("EnsayoT\u{2}", .unknownVersion(2)), ("EnsayoT\u{1}\u{1}", .truncated),
    ])
    func theErrorSaysWhatIsWrong(text: String, reason: TraceCodecError.Reason) {
        #expect {
            try Trace(decoding: Array(text.utf8))
        } throws: { error in
            (error as? TraceCodecError)?.reason == reason
        }
    }

    @Test func aTypicalEventTakesAQuarterOfItsMemory() {
        var trace = Trace()
        let name = trace.names.intern("sql")
        for number: UInt32 in 1...1000 {
            trace.events.append(
                Event(
                    time: .milliseconds(Double(number) * 3.5), kind: .callFinished, outcome: .ok, component: name,
                    request: RequestID(number), span: SpanID(number * 3), parent: SpanID(number * 3 - 1),
                    cause: EventID(number - 1), value: 80_000_000))
        }
        #expect(trace.encoded().count < 18 * 1000)
        #expect(MemoryLayout<Event>.stride == 48)
    }
}
