print("no browser yet")
