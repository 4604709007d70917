"""The demo: companies, offers, trainings and people that do not exist, told as if they did."""
