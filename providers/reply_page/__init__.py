"""What a provider with no account sees and sends. It is handed frozen values and never reaches the record."""
