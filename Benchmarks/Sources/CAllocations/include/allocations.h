// Counts the memory that a program asks for, on all threads: calls of malloc and its relatives.

/// Begins to count, from 0.
void allocations_begin(void);

/// Stops, and gives how many there were.
long allocations_end(void);
