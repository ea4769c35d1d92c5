import NIOCore

/// Wrong codes by address, and how long an address has to wait.
struct Attempts {
    private struct Record {
        var wrong = 0
        var closedUntil: NIODeadline = .distantPast
    }

    let limits: Limits
    /// Addresses that are remembered. One more, and the one whose wait ends first is forgotten.
    static let mostAddresses = 1024
    private var records: [Address: Record] = [:]

    init(_ limits: Limits) { self.limits = limits }

    /// Addresses that are remembered now.
    var count: Int { records.count }

    /// How long the address has yet to wait; `nil`: its code is looked at.
    func pause(for address: Address, at now: NIODeadline) -> TimeAmount? {
        guard let record = records[address], record.closedUntil > now else { return nil }
        return record.closedUntil - now
    }

    /// A wrong code came.
    mutating func failed(_ address: Address, at now: NIODeadline) {
        if records[address] == nil, records.count >= Self.mostAddresses { forgetOne() }
        var record = records[address] ?? Record()
        record.wrong += 1
        let doublings = record.wrong - limits.wrongCodes
        if doublings >= 0 {
            let pause = doublings < 20 ? limits.firstPause * (1 << doublings) : limits.longestPause
            record.closedUntil = now + TimeAmount(min(pause, limits.longestPause))
        }
        records[address] = record
    }

    /// The right code came: whoever it was knows it now.
    mutating func succeeded(_ address: Address) { records[address] = nil }

    private mutating func forgetOne() {
        let first = records.min { $0.value.closedUntil < $1.value.closedUntil }
        if let first { records[first.key] = nil }
    }
}

/// Where somebody comes from, as far as one person has it: an IPv4 address, or the network half of an IPv6 one.
struct Address: Hashable {
    private let bytes: [UInt8]

    init(_ address: SocketAddress?) {
        switch address {
        case .v4(let address):
            bytes = withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address):
            let all = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            let isMappedIPv4 = all[..<10].allSatisfy { $0 == 0 } && all[10] == 0xff && all[11] == 0xff
            bytes = Array(isMappedIPv4 ? all[12...] : all[..<8])
        default:
            bytes = []
        }
    }
}
