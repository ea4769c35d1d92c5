import Analysis
import Testing
import Trace

/// The rules of the W3C's Trace Context, and that our own headers keep them.
@Suite struct TraceIdentityTests {
    private let example = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test func aValidHeaderIsReadAndWrittenBack() throws {
        let header = try #require(TraceParent(example))
        #expect(header.traceID == "0af7651916cd43dd8448eb211c80319c" && header.parentID == "b7ad6b7169203331")
        #expect(header.flags == 1 && header.description == example)
    }

    @Test(arguments: [
        "", "00", "hello",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
        "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
        "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
        " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333é-01",
    ])
    func anInvalidHeaderIsIgnoredWhole(_ header: String) {
        #expect(TraceParent(header) == nil)
    }

    @Test func ofALaterVersionTheKnownPartsAreRead() throws {
        for version in ["01", "cc", "fe"] {
            let short = version + example.dropFirst(2)
            #expect(TraceParent(short)?.description == example)
            #expect(TraceParent(short + "-what-comes-next")?.description == example)
        }
    }

    @Test(arguments: [("00", "00"), ("01", "01"), ("02", "02"), ("03", "03"), ("fd", "01"), ("ff", "03")])
    func flagsWithoutMeaningAreNotPassedOn(_ flags: String, _ passed: String) throws {
        let start = example.dropLast(2)
        #expect(TraceParent(start + flags)?.description == start + passed)
    }

    @Test func aCallCarriesItsCallersSpan() throws {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let outer = builder.open(0, .callSent, "insights", "get", in: root)
        builder.happen(0, .callArrived, outer)
        let inner = builder.open(1, .callSent, "sql", "sales", in: outer)
        builder.close(9, inner)
        builder.close(10, outer)
        builder.close(10, root)
        let index = TraceIndex(builder.trace)
        let identity = TraceIdentity(builder.trace.digest)
        let spans = try [root, outer, inner].map { try #require(index.span($0)) }
        #expect(identity.traceparent(of: spans[0]) == nil)
        let headers = spans.dropFirst().compactMap { identity.traceparent(of: $0) }
        #expect(headers.map(\.traceID) == Array(repeating: identity.traceID(RequestID(1)), count: 2))
        #expect(identity.traceID(RequestID(1)) == builder.trace.digest.description + "0000000000000001")
        #expect(headers.map(\.parentID) == ["0000000000000002", "0000000000000003"])
        for header in headers { #expect(TraceParent(header.description) == header) }
        // The inner call is made by the service that the outer one is to.
        #expect(identity.parentID(of: spans[2], in: index) == "1000000000000002")
        #expect(identity.parentID(of: spans[1], in: index) == "0000000000000001")
        #expect(identity.parentID(of: spans[0], in: index) == nil)
        #expect(TraceIdentity.correlationID(RequestID(1), in: index) == "web-1")
        #expect(TraceIdentity.correlationID(RequestID(2), in: index) == nil)
    }
}
