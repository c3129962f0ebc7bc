"""The protected register of persons: whose data is kept, by which unit, and who may open it."""
