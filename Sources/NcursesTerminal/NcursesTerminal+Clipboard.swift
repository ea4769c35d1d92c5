import CNcurses

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension NcursesTerminal {
    /// Terminals refuse more; some would stand still over it.
    private static let longestCopy = 70_000

    /// Gives a text to the terminal's clipboard with OSC 52, which goes out with the next frame. Terminals that do not
    /// know the command pass over it; the Linux console, which may not, is not sent any.
    public func copy(_ text: String) {
        let bytes = Array(text.utf8)
        let name = getenv("TERM").map { String(cString: $0) } ?? ""
        guard bytes.count <= Self.longestCopy, !name.hasPrefix("linux"), !name.hasPrefix("vt") else { return }
        screen_command("\u{1b}]52;c;\(Self.base64(bytes))\u{7}")
    }

    /// RFC 4648, section 4.
    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let isFull = place <= group.count
                text.append(isFull ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
