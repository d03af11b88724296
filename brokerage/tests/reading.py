"""What an answer says, sent at once or as a stream."""


def body_of(response) -> str:
    sent = b"".join(response.streaming_content) if response.streaming else response.content
    return sent.decode()
