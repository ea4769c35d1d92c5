/// The header with which a call tells the one it calls whose work it is: `traceparent` of the W3C's Trace Context.
///
///     00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
///     version, trace, parent, flags
public struct TraceParent: Hashable, Sendable, CustomStringConvertible {
    /// 32 lowercase hexadecimal digits, not all of them zero.
    public let traceID: String
    /// The caller's span: 16 lowercase hexadecimal digits, not all of them zero.
    public let parentID: String
    /// Bit 0: the caller may have recorded its span. Bit 1: the trace's last seven bytes are random. The others have no
    /// meaning yet.
    public let flags: UInt8

    init(traceID: String, parentID: String, flags: UInt8 = 1) {
        self.traceID = traceID
        self.parentID = parentID
        self.flags = flags
    }

    /// Reads a header's value. `nil`: it is invalid, and whoever gets it goes on as if there were none.
    ///
    /// Ids of zeros and the version `ff` are invalid. Of a later version the parts that are known are read, where a
    /// hyphen follows them or nothing does (Trace Context, "Versioning of traceparent").
    public init?(_ header: String) {
        let text = Array(header.utf8)
        guard text.count >= 55, [2, 35, 52].allSatisfy({ text[$0] == UInt8(ascii: "-") }) else { return nil }
        guard let version = Self.digits(text[0..<2]), version != "ff" else { return nil }
        guard version == "00" ? text.count == 55 : text.count == 55 || text[55] == UInt8(ascii: "-") else { return nil }
        guard let trace = Self.digits(text[3..<35]), let parent = Self.digits(text[36..<52]),
            let flags = Self.digits(text[53..<55]).flatMap({ UInt8($0, radix: 16) }),
            trace.contains(where: { $0 != "0" }), parent.contains(where: { $0 != "0" })
        else { return nil }
        traceID = trace
        parentID = parent
        self.flags = flags
    }

    /// The header's value, of version `00`; flags that have no meaning there are zero.
    public var description: String { "00-\(traceID)-\(parentID)-0\(flags & 3)" }

    private static func digits(_ text: ArraySlice<UInt8>) -> String? {
        let isHex = text.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        return isHex ? String(decoding: text, as: UTF8.self) : nil
    }
}
