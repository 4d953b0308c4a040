// The own screen: chosen in the browser, shown once the room says so, in place of the camera's picture on the same line, and
// let go as soon as the room says otherwise or the browser ends it.

const PICTURE = { frameRate: { ideal: 8, max: 10 }, width: { max: 1920 }, height: { max: 1080 } };

export class Share {
  // media carries it; send(request) speaks to the room; changed() that the camera may be seen again.
  constructor({ media, send, changed }) {
    Object.assign(this, { media, send, changed, offered: null, live: null });
    this.settled = Promise.resolve();
  }

  // Phones have nothing to show.
  get can() {
    return navigator.mediaDevices?.getDisplayMedia !== undefined;
  }

  async offer() {
    let track;
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: PICTURE, audio: false });
      [track] = stream.getVideoTracks();
    } catch (error) {
      console.warn("no screen was chosen", error);
      return false;
    }
    if (this.over) {
      track.stop();
      return false;
    }
    // Writing has to be sharp rather than smooth.
    track.contentHint = "detail";
    track.addEventListener("ended", () => this.gone(track));
    this.offered?.stop();
    this.offered = track;
    this.send({ type: "table", do: "share", on: true });
    return true;
  }

  // The room did not take it.
  refused() {
    this.offered?.stop();
    this.offered = null;
  }

  // Ended by the browser's own button.
  gone(track) {
    if (track !== this.offered && track !== this.live) return;
    this.send({ type: "table", do: "share", on: false });
    if (track === this.live) return this.follow(false);
    // The room may have darkened the camera for it already.
    this.offered = null;
    this.changed();
  }

  // `shown`: what lies on the table is this screen. What follows is done before the scene is acknowledged, so that nobody who
  // comes to sit with me is sent a picture of it.
  follow(shown) {
    if (shown && this.offered) {
      const track = this.offered;
      this.offered = null;
      this.settled = this.carry(track);
    } else if (!shown && this.live) {
      this.settled = this.carry(null);
    }
    return this.settled;
  }

  async carry(track) {
    this.live?.stop();
    this.live = track;
    try {
      await this.media.setScreen(track);
    } catch (error) {
      console.warn("the screen was not sent", error);
    }
    this.changed();
  }

  end() {
    this.over = true;
    this.refused();
    this.live?.stop();
    this.live = null;
  }
}
