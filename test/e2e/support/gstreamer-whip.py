"""Publishes a test picture (H.264) and a tone (Opus) by WHIP with GStreamer's webrtcbin.

Usage: gstreamer-whip.py <endpoint> <token>. Prints what becomes of it, a line each; ends the session when its input ends.
"""

import sys
import threading
import urllib.request
from urllib.parse import urljoin

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

PIPELINE = """
webrtcbin name=peer bundle-policy=max-bundle
videotestsrc is-live=true pattern=ball background-color=0xff3060a0 ! video/x-raw,width=480,height=480,framerate=15/1 ! videoconvert
  ! openh264enc bitrate=600000 gop-size=30 ! video/x-h264,profile=constrained-baseline
  ! rtph264pay config-interval=-1 aggregate-mode=zero-latency
  ! application/x-rtp,media=video,encoding-name=H264,payload=96 ! peer.
audiotestsrc is-live=true freq=440 ! audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=2
  ! opusenc ! rtpopuspay ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! peer.
"""

endpoint, token = sys.argv[1:3]
authorization = {"Authorization": "Bearer " + token}
session = None


def say(line):
    print(line, flush=True)


def offer_is_made(promise, peer):
    # The offer lives as long as the reply does.
    reply = promise.get_reply()
    peer.emit("set-local-description", reply.get_value("offer"), Gst.Promise.new())


def gathering_changed(peer, _property):
    if peer.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
        threading.Thread(target=exchange, args=(peer,), daemon=True).start()


def exchange(peer):
    global session
    offer = peer.get_property("local-description").sdp.as_text()
    headers = {"Content-Type": "application/sdp", **authorization}
    request = urllib.request.Request(endpoint, offer.encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request) as response:
            session = urljoin(endpoint, response.headers["Location"])
            text = response.read().decode()
    except urllib.error.HTTPError as error:
        say(f"refused {error.code} {error.read().decode()}\n{offer}")
        return
    _, description = GstSdp.SDPMessage.new_from_text(text)
    answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, description)
    peer.emit("set-remote-description", answer, Gst.Promise.new())
    say("answered")


def state_changed(peer, _property):
    say("state " + peer.get_property("connection-state").value_nick)


def end_with_input(loop):
    sys.stdin.read()
    if session is not None:
        request = urllib.request.Request(session, headers=authorization, method="DELETE")
        with urllib.request.urlopen(request) as response:
            say(f"ended {response.status}")
    GLib.idle_add(loop.quit)


Gst.init(None)
pipeline = Gst.parse_launch(PIPELINE)
peer = pipeline.get_by_name("peer")
# Left to itself it passes loopback over.
agent = peer.get_property("ice-agent")
agent.emit("add-local-ip-address", "127.0.0.1")
loop = GLib.MainLoop()
peer.connect(
    "on-negotiation-needed",
    lambda element: element.emit(
        "create-offer", None, Gst.Promise.new_with_change_func(lambda promise, *_: offer_is_made(promise, element))
    ),
)
peer.connect("notify::ice-gathering-state", gathering_changed)
peer.connect("notify::connection-state", state_changed)
for index in range(2):
    transceiver = peer.emit("get-transceiver", index)
    transceiver.set_property("direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)
    transceiver.set_property("do-nack", True)
threading.Thread(target=end_with_input, args=(loop,), daemon=True).start()
pipeline.set_state(Gst.State.PLAYING)
loop.run()
pipeline.set_state(Gst.State.NULL)
