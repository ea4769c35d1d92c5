/// Data in an answer: what one call can pass to the next.
public enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([Value])
    /// Keys keep their order.
    case map([Field])
    /// `count` made-up items: text `name-1`, `name-2`, ... Written `{ list: customer, count: 10 }`.
    case generated(name: String, count: Int)

    public struct Field: Hashable, Sendable {
        public var key: String
        public var value: Value
        public init(key: String, value: Value) {
            self.key = key
            self.value = value
        }
    }
}

/// Text or data with references to earlier answers in it: `$order.productId`.
public enum Expression: Hashable, Sendable {
    case literal(Value)
    /// A saved answer and the path of keys into it; `$order.productId` is `["order", "productId"]`.
    case reference([String])
    /// Pieces joined into one text: `sales:$region`.
    case joined([Expression])
}
