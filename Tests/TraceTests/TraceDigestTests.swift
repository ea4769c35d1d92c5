import Testing
import Trace

@Suite struct TraceDigestTests {
    @Test func everyFieldOfATraceCounts() {
        let event = Event(time: VirtualTime(nanoseconds: 7), kind: .callSent)
        let base = Trace(scenario: "s", seed: 1, end: VirtualTime(nanoseconds: 9), events: [event])
        var digests = [base.digest.value]
        func note(_ change: (inout Trace) -> Void) {
            var copy = base
            change(&copy)
            digests.append(copy.digest.value)
        }
        note { $0.scenario = "t" }
        note { $0.seed = 2 }
        note { $0.end.nanoseconds = 10 }
        note { _ = $0.names.intern("x") }
        note { $0.components = [Component(name: .none, kind: .client)] }
        note { $0.events.append(event) }
        note { $0.events[0].time.nanoseconds = 8 }
        note { $0.events[0].value = 1 }
        note { $0.events[0].kind = .callArrived }
        note { $0.events[0].outcome = .ok }
        note { $0.events[0].component = NameID(1) }
        note { $0.events[0].detail = NameID(1) }
        note { $0.events[0].request = RequestID(1) }
        note { $0.events[0].span = SpanID(1) }
        note { $0.events[0].parent = SpanID(1) }
        note { $0.events[0].cause = EventID(1) }
        #expect(Set(digests).count == digests.count)
    }

    @Test func textOfAnyLengthIsTold() {
        var seen = Set<UInt64>()
        for length in 0...40 {
            var digest = TraceDigest()
            digest.add(String(repeating: "\0", count: length))
            #expect(seen.insert(digest.value).inserted)
        }
    }

    @Test func itIsWrittenAs16Digits() {
        #expect(TraceDigest().description == "9e3779b97f4a7c15")
        #expect(Trace().digest.description.count == 16)
    }
}
